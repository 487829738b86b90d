import "server-only";
import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { PriceVersion } from "@/lib/contracts/usage";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { boundTarget } from "@/lib/domain/ledger/estimate";
import { newId } from "../ids";
import { db } from "./client";
import type { CallToHold } from "./hold-budgets";
import { settleCalls, type BookedAttempt } from "./settle-calls";

/** 2 CNY for a million tokens in, 8 out: a call of makeCall() can cost 10,000 micro-units. */
export const testPrice: PriceVersion = {
  id: "price",
  currency: "CNY",
  inputMicros: 2_000_000,
  cachedInputMicros: null,
  outputMicros: 8_000_000,
  reasoningMicros: null,
  validFrom: "2026-01-01T00:00:00Z",
};

/** A call with 1,000 tokens in and at most 1,000 out. */
export function makeCall(
  given: Partial<CallToHold> & { price?: PriceVersion | null } = {},
): CallToHold {
  const { price = testPrice, ...rest } = given;
  const target = { inputTokens: 1_000, mostOutputTokens: 1_000, answers: 1 };
  return {
    callId: newId(),
    kind: "answer",
    conversationId: null,
    answerId: null,
    wantedTokens: 1_000,
    leastTokens: 100,
    bounds: [boundTarget({ ...target, payer: "team", price }, rest.rateMicros ?? null)],
    spent: { tokens: "0", CNY: "0", USD: "0" },
    rateMicros: null,
    first: {
      ...{ providerId: "p", providerName: "P", modelId: "m", modelName: "m" },
      ...{ payer: "team", price, inputTokens: 1_000 },
    },
    ...rest,
  };
}

/** Stores what a model costs since 2026: testPrice, unless said otherwise. */
export const storePrice = (modelId: string, given: { outputMicros?: number } = {}) =>
  db().price.create({
    data: {
      ...{ id: newId(), modelId, currency: "CNY", validFrom: new Date(testPrice.validFrom) },
      ...{ inputMicros: 2_000_000n, outputMicros: BigInt(given.outputMicros ?? 8_000_000) },
    },
  });

/** A hard budget of the instance, for a month in Shanghai, unless said otherwise. */
export async function makeBudget(
  limitAmount: number,
  given: {
    unit?: BudgetUnit;
    scope?: string;
    subjectId?: string;
    isHard?: boolean;
    period?: string;
    timeZone?: string;
    allowsUnpriced?: boolean;
  } = {},
) {
  return db().budget.create({
    data: {
      ...{ id: newId(), name: "Team", scope: "instance", unit: "CNY", period: "month" },
      ...{ isHard: true, timeZone: "Asia/Shanghai", ...given, limitAmount: BigInt(limitAmount) },
    },
  });
}

/** What is used and held of each budget and period, in the order of the budgets' ids. */
export const findBalances = async () =>
  (await db().budgetBalance.findMany({ orderBy: [{ budgetId: "asc" }, { span: "asc" }] })).map(
    ({ used, held }) => ({ used: Number(used), held: Number(held) }),
  );

/** A request of 900 tokens in and 100 out: 2,600 micro-units. */
export const makeAttempt = (callId: string, given: Partial<CallAttempt> = {}): CallAttempt => ({
  ...{ callId, callNumber: 1, number: 1, providerId: "p", providerName: "P" },
  ...{ modelId: "m", modelName: "m", keyId: null, payer: "team", price: testPrice },
  ...{ outcome: "answered", httpStatus: 200, errorCode: null, leftOut: [] },
  usage: { inputTokens: 900, outputTokens: 100, source: "reported" },
  ...{ startedAt: new Date(), headersAt: null, firstTokenAt: null, finishedAt: new Date() },
  ...given,
});

/** Settles a call with these requests; one of makeAttempt() unless said otherwise. */
export const settle = (
  userId: string,
  callId: string,
  attempts: readonly CallAttempt[] = [makeAttempt(callId)],
  given: Partial<Pick<BookedAttempt, "isProvisional" | "kind">> = {},
) =>
  settleCalls(
    { system: "test" },
    {
      holdIds: [callId],
      booked: attempts.map((attempt) => ({
        ...{ attempt, userId, kind: "answer", conversationId: null, answerId: null, ...given },
      })),
    },
  );
