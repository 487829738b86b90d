import { createContext, use } from "react";
import type { ModelOption } from "@/lib/contracts/providers";
import { useConversation } from "@/lib/client/chat/use-conversation";

/** What the page knows beside the conversation. */
export type ChatContextValue = {
  models: readonly ModelOption[];
  userName: string;
  isAdmin: boolean;
};

export const ChatContext = createContext<ChatContextValue | null>(null);

export function useChatContext(): ChatContextValue {
  const value = use(ChatContext);
  if (value === null) throw new Error("A chat screen is needed around useChatContext().");
  return value;
}

/** The model that answers next: the conversation's, or else the default one. */
export function useCurrentModel(): { model: ModelOption | null; isReplaced: boolean } {
  const { models } = useChatContext();
  const modelId = useConversation((state) => state.modelId);
  const chosen = models.find(({ id }) => id === modelId);
  const fallback = models.find(({ isDefault }) => isDefault) ?? models[0] ?? null;
  return { model: chosen ?? fallback, isReplaced: modelId !== null && chosen === undefined };
}
