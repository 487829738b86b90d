"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The plot with its library; see LazyBarPlot. */
export const LazyRankPlot = dynamic(() => import("./rank-plot").then(({ RankPlot }) => RankPlot), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});
