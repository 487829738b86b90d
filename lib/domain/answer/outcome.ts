import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { MessagePart, MessageStatus } from "@/lib/contracts/messages";

/** How a call to a model ended: it said so itself, it failed, or we ended it. */
export type AnswerEnd =
  | { kind: "finished"; reason: "stop" | "length" | "content-filter" | "other" | "none" }
  | { kind: "failed"; code: ErrorCode; details: ErrorDetails }
  | { kind: "aborted"; by: "user_stop" | "shutdown" };

export type AnswerOutcome = {
  status: Exclude<MessageStatus, "streaming">;
  errorCode: ErrorCode | null;
  errorDetails: ErrorDetails | null;
};

/**
 * The true final status of an answer. A stream without a finish reason was cut; an answer without
 * text is no answer; what came before a failure is kept and called interrupted.
 */
export function decideOutcome(end: AnswerEnd, parts: readonly MessagePart[]): AnswerOutcome {
  const hasText = parts.some((part) => part.type === "text" && part.text.trim() !== "");
  const hasAnything = parts.some((part) => part.text.trim() !== "");
  if (end.kind === "aborted") {
    return end.by === "user_stop"
      ? { status: "stopped", errorCode: null, errorDetails: null }
      : { status: "interrupted", errorCode: "server_restarted", errorDetails: null };
  }
  if (end.kind === "failed") {
    const status = hasAnything ? "interrupted" : "failed";
    return { status, errorCode: end.code, errorDetails: end.details };
  }
  if (end.reason === "content-filter")
    return { status: "filtered", errorCode: "answer_filtered", errorDetails: null };
  if (end.reason === "length" && hasAnything)
    return { status: "length", errorCode: null, errorDetails: null };
  if (end.reason === "none") {
    const status = hasAnything ? "interrupted" : "failed";
    return { status, errorCode: "connection_lost", errorDetails: null };
  }
  if (!hasText) return { status: "failed", errorCode: "empty_answer", errorDetails: null };
  return { status: "complete", errorCode: null, errorDetails: null };
}
