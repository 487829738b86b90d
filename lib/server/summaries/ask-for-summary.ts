import "server-only";
import type { SummaryFailure, TokenCounts } from "@/lib/contracts/context";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import { AppError } from "@/lib/domain/errors/app-error";
import { judgeSummary } from "@/lib/domain/summary/judge-summary";
import { countText } from "@/lib/domain/tokens/count-text";
import type { ResolvedAlias, ResolvedModel } from "../db/aliases";
import type { SummaryCall } from "../db/summaries";
import { newId } from "../ids";
import { logger } from "../logger";
import { fixedContext } from "../models/call-context";
import { callModel } from "../models/call-model";
import { readCallTimeouts } from "../models/call-timeouts";
import { ModelCallError } from "../models/model-call-error";
import type { SummaryRoom } from "./summary-room";

/** Nobody needs a summary that takes longer. */
const longestMs = 90_000;

export type SummaryToAsk = {
  actor: Actor;
  conversationId: string;
  /** The answer whose turn made it needed; null where a person asked for it. */
  answerId: string | null;
  summaryId: string;
  alias: ResolvedAlias;
  settings: InstanceSettings;
  room: SummaryRoom;
  request: { system: string; text: string };
  /** Tokens of what it is made of, by our own count. */
  sourceTokens: number;
  signal: AbortSignal;
};

export type AskedSummary = {
  /** For the books, also of a call that failed. */
  call: SummaryCall;
  /** Null where what came may not stand for messages. */
  written: { text: string; tokenCounts: TokenCounts; modelLabel: string } | null;
  error: AppError | null;
};

/** Asks a model for a summary and judges what it writes. Never throws. */
export async function askForSummary(asked: SummaryToAsk): Promise<AskedSummary> {
  const { actor, alias, settings, room, request, conversationId, answerId } = asked;
  const callId = newId();
  // A provider may have a longer limit of its own.
  const deadline = AbortSignal.timeout(longestMs);
  const startedAt = new Date();
  const attempts: CallAttempt[] = [];
  const timeouts = readCallTimeouts(settings);
  const answer: Answer = { text: "", reasoning: "", finish: "none", model: null };
  let error: AppError | null = null;
  try {
    const events = callModel({
      actor,
      purpose: { callId, kind: "summary", conversationId, answerId },
      targets: alias.targets,
      context: fixedContext([
        { role: "system", text: request.system },
        { role: "user", text: request.text },
      ]),
      parameters: room.parameters,
      timeouts: { ...timeouts, totalMs: Math.min(timeouts.totalMs, longestMs) },
      signal: AbortSignal.any([asked.signal, deadline]),
      onAttempt: (attempt) => attempts.push(attempt),
    });
    for await (const event of events) {
      if (event.type === "asking") {
        answer.model = event.model;
        // A model that was shown a part would have its summary stand for all of it.
        const { plan, isCutAgain } = event.sent;
        if (isCutAgain || plan.entries.some(({ state }) => state !== "kept"))
          throw new AppError("context_too_long");
      } else if (event.type === "finish") answer.finish = event.reason;
      else if (event.type === "text" || event.type === "reasoning")
        answer[event.type] += event.delta;
    }
  } catch (failure) {
    error = deadline.aborted ? new AppError("provider_timeout") : toAppError(failure);
    if (!asked.signal.aborted)
      logger().warn({ error: failure, summaryId: asked.summaryId }, "a summary was not made");
  }
  const text = answer.text.trim().toWellFormed();
  const tokenCounts = countText(text);
  const { sourceTokens } = asked;
  const reason =
    error === null
      ? judgeSummary({ ...answer, text, tokens: tokenCounts.o200k, sourceTokens })
      : null;
  if (reason !== null) error = new AppError("summary_failed", { details: { reason } });
  return {
    call: describeCall(asked, answer, { callId, attempts, startedAt, error, reason }),
    written:
      error === null ? { text, tokenCounts, modelLabel: answer.model?.label ?? alias.name } : null,
    error,
  };
}

type Answer = {
  text: string;
  reasoning: string;
  finish: AnswerFinish;
  model: ResolvedModel | null;
};

type End = {
  callId: string;
  attempts: CallAttempt[];
  startedAt: Date;
  error: AppError | null;
  reason: SummaryFailure | null;
};

function describeCall(
  { summaryId, alias, room, signal, answerId }: SummaryToAsk,
  { model, finish }: Answer,
  { callId, attempts, startedAt, error, reason }: End,
): SummaryCall {
  const isStopped = signal.aborted && error !== null;
  const errorCode: ErrorCode | null = isStopped ? null : (error?.code ?? null);
  return {
    summaryId,
    generationId: newId(),
    aliasId: alias.id,
    model: model && { id: model.id, name: model.name, providerId: model.provider.id },
    parameters: room.parameters,
    status: isStopped ? "stopped" : error === null ? "complete" : "failed",
    finishReason: reason ?? finish,
    errorCode,
    attempts,
    holdIds: [callId],
    answerId,
    startedAt,
    finishedAt: new Date(),
  };
}

function toAppError(failure: unknown): AppError {
  if (failure instanceof AppError) return failure;
  if (failure instanceof ModelCallError)
    return new AppError(failure.code, { cause: failure, details: failure.details ?? {} });
  return new AppError("internal", { cause: failure });
}
