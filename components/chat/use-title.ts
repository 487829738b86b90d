"use client";

import { useConversation } from "@/lib/client/chat/use-conversation";
import { useConversationTitle } from "@/lib/client/conversations";

/** The conversation's title as the sidebar has it, which may be newer than the page's. */
export function useTitle(): string {
  const id = useConversation((state) => state.id);
  const own = useConversation((state) => state.title);
  return useConversationTitle(id) ?? own;
}
