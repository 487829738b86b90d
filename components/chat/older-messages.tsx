"use client";

import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { Button } from "@/components/ui/button";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";

/** Brings earlier messages when one scrolls up to where they would be; what is read stays put. */
export function OlderMessages({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const translate = useTranslations("chat.scroll");
  const store = useConversationStore();
  const marker = useRef<HTMLDivElement>(null);
  const fromEndPx = useRef<number | null>(null);
  const hasOlder = useConversation((state) => state.before !== null);
  const older = useConversation((state) => state.older);
  const firstId = useConversation((state) => state.messages[0]?.id);

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

  // The distance to the end is what stays the same when something is put in front.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (fromEndPx.current !== null) box.scrollTop = box.scrollHeight - fromEndPx.current;
    return () => {
      fromEndPx.current = box.scrollHeight - box.scrollTop;
    };
  }, [firstId, scroller]);

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
