"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The plot with its library, which is large and comes to the pages of usage only. */
export const LazyBarPlot = dynamic(() => import("./bar-plot").then(({ BarPlot }) => BarPlot), {
  ssr: false,
  loading: () => <Skeleton className="size-full" />,
});
