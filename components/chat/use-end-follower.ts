"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createEndFollower } from "@/lib/client/chat/end-follower";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useMessageQueue } from "@/lib/client/chat/use-message-queue";
import { maxRows } from "@/lib/client/chat/message-window";
import { useStore } from "@/lib/client/store";

/** Where the reader is in the conversation, and what keeps them there. */
export function useEndFollower() {
  const store = useConversationStore();
  const queue = useMessageQueue();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [follower] = useState(createEndFollower);
  const isAtEnd = useStore(follower.isAtEnd, true);
  const firstId = useConversation((state) => state.messages[0]?.id);
  const lastId = useConversation((state) => state.messages.at(-1)?.id);
  const isEndLoaded = useConversation((state) => state.after === null);
  const lastStatus = useConversation((state) => state.messages.at(-1)?.status);
  const phase = useConversation((state) => state.turn.phase);
  const isSending = phase === "sending";

  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return;
    return follower.attach(scroller.current, content.current);
  }, [follower]);

  useLayoutEffect(() => {
    follower.setCanFollow(isEndLoaded);
  }, [follower, isEndLoaded]);

  // What one sends is always seen; what goes out by itself must not pull a reader down.
  useLayoutEffect(() => {
    if (!isSending) return;
    const { sendingId, automaticId } = queue.view.get();
    if (sendingId === null || sendingId !== automaticId) follower.goToEnd();
  }, [follower, isSending, queue]);

  // Also as a turn moves on: lines go and others come before the browser says that anything has
  // another size, and where the box was cut short in between looks like a way upwards.
  useLayoutEffect(() => {
    follower.settle();
  }, [firstId, follower, lastId, lastStatus, phase]);

  // After the others, since it wins: on another branch, one goes on where one was.
  const held = useConversation((state) => state.held);
  useLayoutEffect(() => {
    if (held === null) return;
    const row = content.current?.querySelector(`[data-message-id="${held.messageId}"]`);
    if (row instanceof HTMLElement) follower.hold(row, held.topPx);
    store.patch({ held: null });
  }, [follower, held, store]);

  // Whoever follows the answers for hours has no use for hundreds of rows above.
  const isLong = useConversation((state) => state.messages.length > maxRows);
  useEffect(() => {
    if (isLong && isAtEnd && isEndLoaded) void store.showEnd();
  }, [isAtEnd, isEndLoaded, isLong, store]);

  const goToEnd = useCallback(async () => {
    if (await store.showEnd()) follower.goToEnd();
  }, [follower, store]);

  return { scroller, content, follower, isAtEnd: isAtEnd && isEndLoaded, goToEnd };
}
