"use client";

import { useEffect } from "react";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";

/** Whether a message's text is being changed; an edit that was begun earlier is open again. */
export function useIsEditing(messageId: string): boolean {
  const store = useConversationStore();
  useEffect(() => {
    store.resumeEdit(messageId);
  }, [messageId, store]);
  return useConversation((state) => state.editing.includes(messageId));
}
