"use client";

import { useConversationStore } from "@/lib/client/chat/use-conversation";
import { findListed } from "@/lib/client/conversations";
import {
  useComplaint,
  useConversationActions as useActions,
} from "@/lib/client/use-conversation-actions";
import type { ConversationPatch } from "@/lib/contracts/conversations";

/** What can be done with the conversation on the page: at once, and taken back when refused. */
export function useConversationActions() {
  const { rename, remove } = useActions();
  const complain = useComplaint();
  const store = useConversationStore();

  /** Keeps a choice with the conversation; one that is not saved yet sends it with its first turn. */
  const change = async (
    patch: Pick<ConversationPatch, "modelId" | "systemPrompt" | "parameters" | "contextPolicy">,
  ) => {
    try {
      await store.changeSettings(patch);
    } catch (error) {
      complain(error);
    }
  };

  return {
    change,
    rename: (id: string, before: string, title: string) => rename({ id, title: before }, title),
    remove: () => {
      const { id, title } = store.get();
      const updatedAt = new Date().toISOString();
      return remove(findListed(id) ?? { id, title, updatedAt, isAnswering: false });
    },
  };
}
