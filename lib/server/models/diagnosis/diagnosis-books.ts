import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt, TokenUsage } from "@/lib/domain/answer/attempt";
import type { Reply } from "@/lib/domain/diagnosis/reply";
import { roomyTokens, type Probe } from "@/lib/domain/diagnosis/probes";
import { boundTarget } from "@/lib/domain/ledger/estimate";
import { countTokens } from "@/lib/domain/tokens/count-text";
import { findCurrentPrice } from "../../db/dashboard-report";
import { getInstanceSettings } from "../../db/settings";
import { newId } from "../../ids";
import { holdForCall, noteCallOver } from "../../ledger/open-holds";
import { settleInTheEnd } from "../../ledger/settle-in-the-end";
import { within } from "../../within";
import { describeRefusal } from "../call-hold";
import { testLimits } from "./prober";

/** The model that is tested, for the books. */
export type TestedModel = {
  id: string;
  name: string;
  provider: { id: string; name: string };
  /** Which of the provider's keys is used; null where it needs none. */
  keyId: string | null;
};

/** A probe is short; the longest of them shows a picture, or describes tools. */
const mostInputTokens = 2_000;
/** Without a test of what a model can do there are only a few questions. */
const quickRequests = 4;
const settleWithinMs = 5_000;

/** The requests of one test of a model: held against the budgets before, and settled after it. */
export class DiagnosisBooks {
  private readonly attempts: CallAttempt[] = [];

  private constructor(
    private readonly actor: Actor,
    private readonly callId: string,
    private readonly model: TestedModel,
    private readonly price: CallAttempt["price"],
  ) {}

  /** @throws ModelCallError `budget_exceeded` or `budget_needs_price` where a budget has no room. */
  static async open(actor: Actor, model: TestedModel, isQuick: boolean): Promise<DiagnosisBooks> {
    const callId = newId();
    const [price, { cnyPerUsdMicros: rateMicros }] = await Promise.all([
      findCurrentPrice(actor, model.id),
      getInstanceSettings(),
    ]);
    const requests = isQuick ? quickRequests : testLimits.requests;
    const inputTokens = requests * mostInputTokens;
    const most = requests * roomyTokens;
    const target = { inputTokens, mostOutputTokens: most, answers: 1, price };
    const held = await holdForCall(actor, {
      ...{ callId, kind: "diagnosis", conversationId: null, answerId: null, rateMicros },
      // Half a test would find what is not so.
      ...{ wantedTokens: most, leastTokens: most },
      bounds: [boundTarget({ ...target, payer: "team" }, rateMicros)],
      spent: { tokens: "0", CNY: "0", USD: "0" },
      first: {
        ...{ providerId: model.provider.id, providerName: model.provider.name },
        ...{ modelId: model.id, modelName: model.name, payer: "team", price },
        inputTokens: mostInputTokens,
      },
    });
    if (!held.isHeld) throw describeRefusal(held.refusal);
    return new DiagnosisBooks(actor, callId, model, price);
  }

  /** Books one request and what came of it. */
  note(probe: Probe, reply: Reply, startedAt: Date): void {
    const { provider, id: modelId, name: modelName, keyId } = this.model;
    const number = this.attempts.length + 1;
    this.attempts.push({
      ...{ callId: this.callId, callNumber: number, number, modelId, modelName, keyId },
      ...{ providerId: provider.id, providerName: provider.name, payer: "team" },
      price: this.price,
      outcome: reply.isOk ? "answered" : "failed",
      httpStatus: reply.status,
      errorCode: reply.failure?.code ?? null,
      usage: usageOf(probe, reply),
      leftOut: [],
      startedAt,
      headersAt: null,
      firstTokenAt: null,
      finishedAt: new Date(),
    });
  }

  /** Settles what was used. Never throws; where the database is away it goes on trying. */
  async close(): Promise<void> {
    noteCallOver(this.callId);
    const settled = settleInTheEnd({
      holdIds: [this.callId],
      booked: this.attempts.map((attempt) => ({
        ...{ attempt, userId: this.actor.userId, kind: "diagnosis" },
        ...{ conversationId: null, answerId: null },
      })),
    });
    await within(settled, settleWithinMs).catch(() => undefined);
  }
}

/** As the provider reports it, else by our own count; null for what was refused. */
function usageOf(probe: Probe, reply: Reply): TokenUsage | null {
  const { isOk, status, usage, choices } = reply;
  // One that was given up may have been read and answered all the same.
  const mayBeUsed = isOk || (status === null && reply.failure?.code === "provider_timeout");
  if (!mayBeUsed) return null;
  const { inputTokens = null, outputTokens = null } = usage ?? {};
  const text = choices.map((choice) => choice.text).join("");
  const isReported = inputTokens !== null && outputTokens !== null;
  return {
    inputTokens: inputTokens ?? Math.min(mostInputTokens, countTokens(JSON.stringify(probe))),
    outputTokens: outputTokens ?? countTokens(text),
    ...(isReported && usage?.cachedTokens != null ? { cachedTokens: usage.cachedTokens } : {}),
    ...(isReported && usage?.reasoningTokens != null
      ? { reasoningTokens: usage.reasoningTokens }
      : {}),
    source: isReported ? "reported" : "estimated",
  };
}
