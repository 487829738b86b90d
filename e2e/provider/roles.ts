import type { ChatRequest } from "./chat-request";

/** What the chat templates of Mistral, Gemma and others complain of; null when there is nothing. */
export function findRoleComplaint({ messages }: ChatRequest): string | null {
  const spoken = messages
    .filter(({ role }, at) => !(at === 0 && (role === "system" || role === "developer")))
    // The use of a tool stands within an answer.
    .filter((message) => message.role !== "tool" && message["tool_calls"] === undefined);
  const isInTurn = spoken.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant"));
  return isInTurn && spoken.length > 0
    ? null
    : "Conversation roles must alternate user/assistant/user/assistant/...";
}
