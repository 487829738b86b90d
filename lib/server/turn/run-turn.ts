import "server-only";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { ContinuationJoiner } from "@/lib/domain/answer/continuation";
import { computeFigures } from "@/lib/domain/answer/figures";
import type { AnswerEnd } from "@/lib/domain/answer/outcome";
import { AnswerAbort, type LiveAnswer } from "../generations/live-answer";
import { logger } from "../logger";
import type { CallContext } from "../models/call-context";
import { callModel } from "../models/call-model";
import type { ModelCall } from "../models/model-call";
import { ModelCallError } from "../models/model-call-error";
import { closeAnswer } from "./close-answer";
import { describePlan } from "./describe-plan";
import { describeTurn, nobodyAsked, type Asked } from "./describe-turn";

type Run = Omit<ModelCall, "context" | "signal" | "onAttempt"> & {
  /** Comes later where a summary is made first. */
  context: CallContext | Promise<CallContext>;
  /** Takes out what a model says again when it goes on with an answer; null for a new answer. */
  joiner: ContinuationJoiner | null;
};

/**
 * Produces an answer to its end and closes the turn. Never throws: whatever happens becomes the
 * answer's status.
 */
export async function runTurn(answer: LiveAnswer, run: Run): Promise<void> {
  const attempts: CallAttempt[] = [];
  const asked = nobodyAsked();
  const end = await writeAnswer(answer, run, attempts, asked);
  const turn = describeTurn(answer, end, { attempts, purpose: run.purpose }, asked);
  await closeAnswer(answer, turn, computeFigures(attempts));
}

/**
 * Writes an answer by a call of its own. Never throws.
 *
 * @param attempts is filled with every request that was made.
 * @param asked is told which model was asked last.
 */
export async function writeAnswer(
  answer: LiveAnswer,
  { joiner, ...call }: Run,
  attempts: CallAttempt[],
  asked: Asked,
): Promise<AnswerEnd> {
  let end: AnswerEnd = { kind: "finished", reason: "none" };
  const onAttempt = (attempt: CallAttempt) => attempts.push(attempt);
  try {
    // Most turns have nothing to wait for, and begin at once.
    const context = call.context instanceof Promise ? await call.context : call.context;
    const { signal } = answer;
    for await (const event of callModel({ ...call, context, signal, onAttempt })) {
      answer.setRetry(event.type === "waiting" ? event.retry : null);
      if (event.type === "asking") {
        const { model, failover, sent } = event;
        asked.model = model;
        asked.failover = failover;
        asked.sent = sent;
        answer.inputTokens = sent.inputTokens;
        answer.setAsked({ model: model.label, failover, plan: describePlan(event) });
      } else if (event.type === "finish") end = { kind: "finished", reason: event.reason };
      else if (event.type === "reasoning") answer.append("reasoning", event.delta);
      else if (event.type === "text")
        answer.append("text", joiner === null ? event.delta : joiner.push(event.delta));
    }
  } catch (error) {
    end = describeEnd(error);
    reportFailure(error, end, answer.id);
  }
  answer.append("text", joiner?.end() ?? "");
  return end;
}

/** What ended a call early. */
export function describeEnd(error: unknown): AnswerEnd {
  if (error instanceof AnswerAbort) return { kind: "aborted", by: error.by };
  if (error instanceof ModelCallError)
    return { kind: "failed", code: error.code, details: error.details ?? {} };
  return { kind: "failed", code: "internal", details: {} };
}

/** Logs an answer that failed; one that was stopped did not. */
export function reportFailure(error: unknown, end: AnswerEnd, answerId: string): void {
  if (end.kind !== "failed") return;
  const whoActs = error instanceof ModelCallError ? error.classified.whoActs : "nobody";
  logger().warn({ error, answerId, code: end.code, whoActs }, "answer failed");
}
