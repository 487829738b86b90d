"use client";

import { useEffect, useRef, useState, type RefObject } from "react";
import { drafts } from "@/lib/client/chat/drafts";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";

const keepDraftAfterMs = 300;

/**
 * The text in the composer. The field itself holds it, so that typing renders nothing; kept as a
 * draft shortly after each pause, and filled with what was not sent.
 */
export function useComposerText(area: RefObject<HTMLTextAreaElement | null>) {
  const store = useConversationStore();
  const returned = useConversation((state) => state.returnedText);
  const [length, setLength] = useState(0);
  const [isBlank, setIsBlank] = useState(true);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const measure = () => {
    const text = area.current?.value ?? "";
    setLength(text.length);
    setIsBlank(text.trim() === "");
    fitHeight(area.current);
  };
  const keep = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (area.current !== null) drafts.writeDraft(store.draftKey(), area.current.value);
  };
  const write = (text: string) => {
    if (area.current === null) return;
    area.current.value = text;
    measure();
    keep();
  };
  const handleInput = () => {
    measure();
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(keep, keepDraftAfterMs);
  };

  useEffect(() => {
    const field = area.current;
    // Text may have been typed before the page took over.
    const typed = field?.value ?? "";
    const key = store.draftKey();
    const unsent = store.get().turn.phase === "idle" ? drafts.readUnsent(key) : null;
    const hasArrived = store.get().messages.some(({ id }) => id === unsent?.messageId);
    if (hasArrived) drafts.writeUnsent(key, null);
    const kept = [hasArrived ? "" : (unsent?.text ?? ""), drafts.readDraft(key)];
    const text = typed === "" ? kept.find((one) => one !== "") : typed;
    if (text !== undefined && field !== null) field.value = text;
    measure();
    if (window.matchMedia("(pointer: fine)").matches) field?.focus({ preventScroll: true });
    window.addEventListener("pagehide", keep);
    return () => {
      window.removeEventListener("pagehide", keep);
      if (timer.current !== null) clearTimeout(timer.current);
      if (field !== null) drafts.writeDraft(store.draftKey(), field.value);
    };
    // Once for each conversation: its page is made anew when another one is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store]);

  useEffect(() => {
    if (returned === null || area.current === null) return;
    store.patch({ returnedText: null });
    const present = area.current.value;
    write(present.trim() === "" || present === returned ? returned : `${returned}\n${present}`);
    area.current.focus();
    area.current.setSelectionRange(area.current.value.length, area.current.value.length);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returned, store]);

  return { length, isBlank, read: () => area.current?.value ?? "", write, handleInput };
}

/** Grows the field with its text where the browser does not do that by itself. */
function fitHeight(field: HTMLTextAreaElement | null): void {
  if (field === null || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${String(field.scrollHeight)}px`;
}
