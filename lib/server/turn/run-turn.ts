import "server-only";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { ContinuationJoiner } from "@/lib/domain/answer/continuation";
import { decideOutcome, type AnswerEnd } from "@/lib/domain/answer/outcome";
import type { Failover } from "@/lib/contracts/messages";
import type { ResolvedModel } from "../db/aliases";
import type { TurnToClose } from "../db/close-turn";
import { countMessageTokens } from "@/lib/domain/context/tokens";
import { AnswerAbort, type LiveAnswer } from "../generations/live-answer";
import { logger } from "../logger";
import { callModel } from "../models/call-model";
import type { ModelCall } from "../models/model-call";
import { ModelCallError } from "../models/model-call-error";
import { readText } from "./build-prompt";
import { closeAnswer } from "./close-answer";

type Run = Omit<ModelCall, "signal" | "onAttempt"> & {
  /** Takes out what a model says again when it goes on with an answer; null for a new answer. */
  joiner: ContinuationJoiner | null;
};

/**
 * Produces an answer to its end and closes the turn. Never throws: whatever happens becomes the
 * answer's status.
 */
export async function runTurn(answer: LiveAnswer, run: Run): Promise<void> {
  answer.inputTokens = run.inputTokens;
  const attempts: CallAttempt[] = [];
  const asked: Asked = { model: null, failover: null };
  const end = await write(answer, run, attempts, asked);
  const parts = answer.parts();
  await closeAnswer(answer, {
    userId: answer.actor.userId,
    conversationId: answer.conversationId,
    answerId: answer.id,
    generationId: answer.generationId,
    parts,
    outcome: decideOutcome(end, parts),
    tokenCount: countMessageTokens(readText(parts)),
    finishReason: end.kind === "finished" ? end.reason : end.kind,
    attempts,
    finishedAt: new Date(),
    answeredBy: describeModel(asked),
    failover: asked.failover,
  });
}

/** Which model was asked last, and why it was not the first. */
type Asked = { model: ResolvedModel | null; failover: Failover | null };

function describeModel({ model }: Asked): TurnToClose["answeredBy"] {
  if (model === null) return null;
  const { id, label, name, provider } = model;
  return { modelId: id, modelLabel: label, modelName: name, providerId: provider.id };
}

async function write(
  answer: LiveAnswer,
  { joiner, ...call }: Run,
  attempts: CallAttempt[],
  asked: Asked,
): Promise<AnswerEnd> {
  let end: AnswerEnd = { kind: "finished", reason: "none" };
  const onAttempt = (attempt: CallAttempt) => attempts.push(attempt);
  try {
    for await (const event of callModel({ ...call, signal: answer.signal, onAttempt })) {
      answer.setRetry(event.type === "waiting" ? event.retry : null);
      if (event.type === "asking") {
        asked.model = event.model;
        asked.failover = event.failover;
        answer.setModel(event.model.label, event.failover);
      } else if (event.type === "finish") end = { kind: "finished", reason: event.reason };
      else if (event.type === "reasoning") answer.append("reasoning", event.delta);
      else if (event.type === "text")
        answer.append("text", joiner === null ? event.delta : joiner.push(event.delta));
    }
  } catch (error) {
    end = describeEnd(error);
    const whoActs = error instanceof ModelCallError ? error.classified.whoActs : "nobody";
    if (end.kind === "failed")
      logger().warn({ error, answerId: answer.id, code: end.code, whoActs }, "answer failed");
  }
  answer.append("text", joiner?.end() ?? "");
  return end;
}

function describeEnd(error: unknown): AnswerEnd {
  if (error instanceof AnswerAbort) return { kind: "aborted", by: error.by };
  if (error instanceof ModelCallError)
    return { kind: "failed", code: error.code, details: error.details ?? {} };
  return { kind: "failed", code: "internal", details: {} };
}
