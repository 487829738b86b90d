"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, type RefObject } from "react";
import { Button } from "@/components/ui/button";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";

/** Brings earlier messages when one scrolls up to where they would be; what is read stays put. */
export function OlderMessages({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const translate = useTranslations("chat.scroll");
  const store = useConversationStore();
  const marker = useRef<HTMLDivElement>(null);
  const hasOlder = useConversation((state) => state.before !== null);
  const older = useConversation((state) => state.older);

  useEffect(() => {
    if (marker.current === null || !hasOlder || older !== "idle") return;
    const observer = new IntersectionObserver(
      (entries) => {
        const box = scroller.current;
        if (box === null || !entries.some(({ isIntersecting }) => isIntersecting)) return;
        void store.loadOlder();
      },
      { root: scroller.current, rootMargin: "600px 0px 0px" },
    );
    observer.observe(marker.current);
    return () => {
      observer.disconnect();
    };
  }, [hasOlder, older, scroller, store]);

  if (!hasOlder) return null;
  return (
    <div ref={marker} className="flex min-h-9 flex-wrap items-center justify-center gap-2 text-ui">
      {older === "loading" && (
        <span role="status" className="text-ink-faint">
          {translate("loadingOlder")}
        </span>
      )}
      {older === "failed" && <span className="text-ink-soft">{translate("olderFailed")}</span>}
      {older !== "loading" && (
        <Button variant="ghost" size="sm" onClick={() => void store.loadOlder()}>
          {translate("loadOlder")}
        </Button>
      )}
    </div>
  );
}
