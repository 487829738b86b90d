import "server-only";
import type { LiveAnswer } from "./live-answer";

/**
 * Of what is written in a conversation, the answer that is meant: by its message, or else the first
 * that has not ended. One that has, and is not stored yet, comes last.
 */
export function pickAnswer(
  answers: readonly LiveAnswer[],
  messageId: string | null,
): LiveAnswer | null {
  if (messageId !== null) return answers.findLast(({ id }) => id === messageId) ?? null;
  return answers.find(({ current }) => !current.isOver) ?? answers.at(-1) ?? null;
}
