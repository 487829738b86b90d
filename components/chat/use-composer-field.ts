"use client";

import { useEffect, useRef, useState } from "react";
import { createComposerField } from "@/lib/client/chat/composer-field";
import { queueOf } from "@/lib/client/chat/conversations-open";
import { drafts, isDraftRemoved, newConversationKey } from "@/lib/client/chat/drafts";
import { useTray } from "@/lib/client/chat/use-attachments";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { ConversationStore } from "@/lib/client/chat/conversation-store";
import { useStore } from "@/lib/client/store";
import { isFocusInToasts } from "@/lib/client/toasts";

const empty = { length: 0, isBlank: true };

/** The composer's field with the conversation's draft in it, or what was not sent. */
export function useComposerField() {
  const store = useConversationStore();
  const area = useRef<HTMLTextAreaElement>(null);
  const [field] = useState(createComposerField);
  const tray = useTray();
  const measured = useStore(field.measured, empty);
  const returned = useConversation((state) => state.returnedText);

  useEffect(() => {
    if (area.current === null) return;
    const detach = field.attach(area.current, {
      text: findText(store),
      onKeep: (text) => keepText(store, text),
    });
    // On a phone the keyboard would cover what one came to read; and whoever is at a notice, such
    // as the one with Undo, stays there.
    if (window.matchMedia("(pointer: fine)").matches && !isFocusInToasts()) field.focus();
    return detach;
  }, [field, store]);

  useEffect(() => {
    // Several tabs may write a new conversation each; one that was sent takes only its own along.
    const keepOwn = (event: StorageEvent) => {
      if (store.get().isSaved || !isDraftRemoved(event, newConversationKey)) return;
      field.keepTyped();
    };
    window.addEventListener("storage", keepOwn);
    return () => {
      window.removeEventListener("storage", keepOwn);
    };
  }, [field, store]);

  useEffect(() => {
    if (returned === null) return;
    tray.put(store.get().returnedImages ?? []);
    store.patch({ returnedText: null, returnedImages: [] });
    field.putBack(returned);
  }, [field, returned, store, tray]);

  return { area, field, tray, ...measured };
}

/** What was on its way when the page was left and did not arrive, and the draft. */
function findText(store: ConversationStore): string {
  const key = store.draftKey();
  const { messages, turn } = store.get();
  const draft = drafts.readDraft(key);
  const unsent = turn.phase === "idle" ? drafts.readUnsent(key) : null;
  if (unsent === null || unsent.text === draft) return draft;
  // It waits in the queue, and goes out from there.
  if (queueOf(store).has(unsent.messageId)) return draft;
  if (!messages.some(({ id }) => id === unsent.messageId)) {
    return draft === "" ? unsent.text : `${unsent.text}\n${draft}`;
  }
  drafts.writeUnsent(key, null);
  return draft;
}

/** @returns whether the browser keeps it. */
function keepText(store: ConversationStore, text: string): boolean {
  const key = store.draftKey();
  const isKept = drafts.writeDraft(key, text);
  const { id, isSaved, turn } = store.get();
  const unsent = turn.phase === "idle" ? drafts.readUnsent(key) : null;
  // Text that was changed is another message, and goes out under an id of its own.
  if (unsent !== null && unsent.text !== text && !queueOf(store).has(unsent.messageId)) {
    if (!isSaved) queueOf(store).moveTo(id);
    drafts.writeUnsent(key, null);
    queueOf(store).look();
  }
  return isKept;
}
