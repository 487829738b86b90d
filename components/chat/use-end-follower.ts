"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { createEndFollower } from "@/lib/client/chat/end-follower";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useStore } from "@/lib/client/store";
import type { Message } from "@/lib/contracts/messages";

/** Where the reader is in the conversation, and what keeps them there. */
export function useEndFollower(messages: readonly Message[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [follower] = useState(createEndFollower);
  const isAtEnd = useStore(follower.isAtEnd, true);
  const firstId = messages[0]?.id;
  const lastUserId = messages.findLast(({ role }) => role === "user")?.id;

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return;
    return follower.attach(scroller.current, content.current);
  }, [follower]);

  // A conversation opens at its end, and what one sends or asks for is always seen.
  const isSending = useConversation((state) => state.turn.phase === "sending");
  useLayoutEffect(() => {
    follower.goToEnd();
  }, [follower, lastUserId]);
  useLayoutEffect(() => {
    if (isSending) follower.goToEnd();
  }, [follower, isSending]);

  // The clean-up of the old list runs before the new one is laid out.
  useLayoutEffect(() => {
    follower.restorePlace();
    return () => {
      follower.notePlace();
    };
  }, [firstId, follower]);

  // After the others, since it wins: on another branch, one goes on where one was.
  const store = useConversationStore();
  const held = useConversation((state) => state.held);
  useLayoutEffect(() => {
    if (held === null) return;
    const row = content.current?.querySelector(`[data-message-id="${held.messageId}"]`);
    if (row instanceof HTMLElement) follower.hold(row, held.topPx);
    store.patch({ held: null });
  }, [follower, held, store]);

  return { scroller, content, isAtEnd, goToEnd: follower.goToEnd };
}
