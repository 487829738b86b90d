"use client";

import { useEffect, useEffectEvent } from "react";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { useFind } from "./find-context";

/**
 * The browser's own key for finding looks through the whole conversation where not all of it is
 * loaded. Pressed once more, it is the browser's again.
 */
export function useFindKey(): void {
  const store = useConversationStore();
  const find = useFind();

  const handle = useEffectEvent((event: KeyboardEvent) => {
    // A keyboard of another script has no F, but the key is there.
    const isLetter = /^[a-z]$/i.test(event.key);
    const isF = isLetter ? event.key.toLowerCase() === "f" : event.code === "KeyF";
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isF || !isShortcut || event.defaultPrevented) return;
    if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
    const { before, after } = store.get();
    const isWhole = before === null && after === null;
    const bar = document.querySelector<HTMLInputElement>("search input");
    if (bar === null ? isWhole : bar === document.activeElement) return;
    event.preventDefault();
    if (bar === null) find.open();
    else bar.select();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      handle(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, []);
}
