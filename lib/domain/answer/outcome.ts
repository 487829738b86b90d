import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { AnswerPart, MessageStatus } from "@/lib/contracts/messages";

/** Why a model says that it stopped; `none` when it did not say, so that the answer was cut. */
export type AnswerFinish = "stop" | "length" | "content-filter" | "tool-calls" | "other" | "none";

/** How a call to a model ended: it said so itself, it failed, or we ended it. */
export type AnswerEnd =
  | { kind: "finished"; reason: AnswerFinish }
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
export function decideOutcome(end: AnswerEnd, parts: readonly AnswerPart[]): AnswerOutcome {
  const hasText = parts.some((part) => part.type === "text" && part.text.trim() !== "");
  const hasAnything = parts.some((part) => part.text.trim() !== "");
  if (end.kind === "aborted") {
    return end.by === "user_stop"
      ? { status: "stopped", errorCode: null, errorDetails: null }
      : {
          status: hasAnything ? "interrupted" : "failed",
          errorCode: "server_restarted",
          errorDetails: null,
        };
  }
  if (end.kind === "failed") {
    // Azure and others tell their filter as an error, of the question or within the answer.
    if (end.code === "answer_filtered")
      return { status: "filtered", errorCode: end.code, errorDetails: end.details };
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
  if (!hasText) {
    const had = hasAnything ? "reasoning" : end.reason === "tool-calls" ? "tools" : null;
    const errorDetails = had === null ? null : { had };
    return { status: "failed", errorCode: "empty_answer", errorDetails };
  }
  return { status: "complete", errorCode: null, errorDetails: null };
}
