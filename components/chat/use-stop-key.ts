"use client";

import { useEffect, useEffectEvent } from "react";
import { useConversationStore } from "@/lib/client/chat/use-conversation";

/** Esc stops the answer, unless something that is open wants it. */
export function useStopKey(isTurnOn: boolean): void {
  const store = useConversationStore();
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (document.querySelector("[role=dialog], [role=menu]") !== null) return;
    void store.stop();
  });
  useEffect(() => {
    if (!isTurnOn) return;
    const listen = (event: KeyboardEvent) => {
      handle(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, [isTurnOn]);
}
