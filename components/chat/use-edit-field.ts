"use client";

import { useEffect, useRef, useState } from "react";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { limits } from "@/lib/contracts/limits";

const keepAfterMs = 300;

/**
 * The field in which a message's text is changed. It holds the text itself, so that typing renders
 * nothing; what was typed is kept in the browser shortly after each pause.
 */
export function useEditField(messageId: string, original: string) {
  const store = useConversationStore();
  const area = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useRef<() => void>(() => undefined);
  const [text] = useState(() => {
    const kept = store.readEdit(messageId);
    return kept === "" ? original : kept;
  });
  const [isBlank, setIsBlank] = useState(text.trim() === "");
  const [excess, setExcess] = useState(Math.max(0, text.length - limits.messageCharacters));

  useEffect(() => {
    const field = area.current;
    if (field === null) return;
    fitHeight(field);
    // What was open when the page was left does not take the keyboard.
    if (!store.isResumedEdit(messageId)) {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      field.scrollTop = field.scrollHeight;
    }
    keep.current = () => {
      clearTimeout(timer.current);
      // Sent, saved or given up: then nothing is to be kept of it.
      if (!store.get().editing.includes(messageId)) return;
      store.keepEdit(messageId, field.value === original ? "" : field.value);
    };
    const keepNow = keep.current;
    window.addEventListener("pagehide", keepNow);
    document.addEventListener("visibilitychange", keepNow);
    return () => {
      keepNow();
      window.removeEventListener("pagehide", keepNow);
      document.removeEventListener("visibilitychange", keepNow);
    };
  }, [messageId, original, store]);

  return {
    area,
    text,
    isBlank,
    /** Characters beyond what a message may have. */
    excess,
    read: () => area.current?.value ?? text,

    handleInput: (): void => {
      const field = area.current;
      if (field === null) return;
      fitHeight(field);
      setIsBlank(field.value.trim() === "");
      setExcess(Math.max(0, field.value.length - limits.messageCharacters));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        keep.current();
      }, keepAfterMs);
    },
  };
}

/** Grows the field with its text where the browser does not do that by itself. */
function fitHeight(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${String(field.scrollHeight)}px`;
}
