import "server-only";
import type { Failover } from "@/lib/contracts/messages";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { decideOutcome, type AnswerEnd } from "@/lib/domain/answer/outcome";
import { addUp, countRequest } from "@/lib/domain/ledger/receipt";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { countText } from "@/lib/domain/tokens/count-text";
import { findEncoding } from "@/lib/domain/tokens/find-encoding";
import type { ResolvedModel } from "../db/aliases";
import type { TurnToClose } from "../db/close-turn";
import type { LiveAnswer } from "../generations/live-answer";
import type { CallPurpose, SentPrompt } from "../models/model-call";
import { describePlan } from "./describe-plan";
import { readText } from "./read-parts";

/** Which model was asked last, and why it was not the first. */
export type Asked = {
  model: ResolvedModel | null;
  failover: Failover | null;
  /** What it was sent. */
  sent: SentPrompt | null;
};

export const nobodyAsked = (): Asked => ({ model: null, failover: null, sent: null });

/** The requests of an answer, and what they were for. */
export type Asking = {
  attempts: readonly CallAttempt[];
  purpose: CallPurpose;
  /** The holds that end with it; unless said that of its call. */
  holdIds?: readonly string[];
};

/** What is to be stored of an answer that has ended. */
export function describeTurn(
  answer: LiveAnswer,
  end: AnswerEnd,
  { attempts, purpose, holdIds = [purpose.callId] }: Asking,
  asked: Asked,
  firstTokenAt: Date | null = attempts.at(-1)?.firstTokenAt ?? null,
): TurnToClose {
  const parts = answer.parts();
  return {
    userId: answer.actor.userId,
    conversationId: answer.conversationId,
    answerId: answer.id,
    generationId: answer.generationId,
    parts,
    outcome: decideOutcome(end, parts),
    tokenCounts: countText(readText(parts), findEncoding(asked.model?.name ?? "") === "cl100k"),
    finishReason: end.kind === "finished" ? end.reason : end.kind,
    attempts,
    firstTokenAt,
    finishedAt: new Date(),
    answeredBy: describeModel(asked),
    failover: asked.failover,
    plan: describePlan(asked),
    kind: purpose.kind === "continuation" ? "continuation" : "answer",
    holdIds,
    receiptId: purpose.answerId ?? answer.id,
  };
}

/**
 * What the receipt of an answer comes to; null where only the ledger knows that: of one that went
 * on, shares a call, or may have caused a summary.
 */
export function countUsage(turn: TurnToClose): UsageTotals | null {
  const { attempts, kind, plan, receiptId, answerId } = turn;
  const isAlone = kind === "answer" && receiptId === answerId && attempts.length > 0;
  if (!isAlone || plan?.policy.kind === "summary") return null;
  const used = attempts.flatMap(({ usage, price }) =>
    usage === null ? [] : [countRequest(usage, price)],
  );
  return used.length === 0 ? null : addUp(used);
}

function describeModel({ model }: Asked): TurnToClose["answeredBy"] {
  if (model === null) return null;
  const { id, label, name, provider } = model;
  return { modelId: id, modelLabel: label, modelName: name, providerId: provider.id };
}
