"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { loadMoreConversations, useConversationsStore } from "@/lib/client/conversations";
import { useStore } from "@/lib/client/store";

/** The end of the list: loads the next page when one comes near it. */
export function MoreConversations() {
  const translate = useTranslations("frame");
  const store = useConversationsStore();
  const { cursor, paging } = useStore(store);
  const end = useRef<HTMLDivElement>(null);

  // Observing anew after each page asks again when the end is still in sight.
  useEffect(() => {
    if (cursor === null || paging !== "idle" || end.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) void loadMoreConversations(store);
      },
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => {
      observer.disconnect();
    };
  }, [cursor, paging, store]);

  if (cursor === null) return null;
  if (paging === "failed") {
    return (
      <div role="alert" className="flex flex-col items-start gap-2 px-2.5 py-3 text-ink-soft">
        {translate("loadFailed")}
        <Button size="sm" onClick={() => void loadMoreConversations(store)}>
          {translate("retry")}
        </Button>
      </div>
    );
  }
  return (
    <div ref={end} className="flex flex-col gap-2 px-2.5 py-2" aria-busy={paging === "loading"}>
      <span className="sr-only">{translate("loadingMore")}</span>
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-5 w-3/5" />
      <Skeleton className="h-5 w-2/3" />
    </div>
  );
}
