import { beforeEach, describe, expect, it } from "vitest";
import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { PriceVersion } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { boundTarget } from "@/lib/domain/ledger/estimate";
import { newId } from "../ids";
import { db } from "./client";
import { holdBudgets, type CallToHold } from "./hold-budgets";
import { settleCalls } from "./settle-calls";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let actor: Actor;
beforeEach(async () => {
  actor = await makeUser();
});

const price: PriceVersion = {
  id: "price",
  currency: "CNY",
  inputMicros: 2_000_000,
  cachedInputMicros: null,
  outputMicros: 8_000_000,
  reasoningMicros: null,
  validFrom: "2026-01-01T00:00:00Z",
};

function makeCall(given: Partial<CallToHold> & { price?: PriceVersion | null } = {}): CallToHold {
  const { price: known = price, ...rest } = given;
  const target = { inputTokens: 1_000, mostOutputTokens: 1_000, answers: 1 };
  return {
    callId: newId(),
    kind: "answer",
    conversationId: null,
    answerId: null,
    wantedTokens: 1_000,
    leastTokens: 100,
    bounds: [boundTarget({ ...target, payer: "team", price: known }, null)],
    spent: { tokens: "0", CNY: "0", USD: "0" },
    rateMicros: null,
    first: {
      ...{ providerId: "p", providerName: "P", modelId: "m", modelName: "m" },
      ...{ payer: "team", price: known, inputTokens: 1_000 },
    },
    ...rest,
  };
}

async function makeBudget(
  limitAmount: number,
  given: { unit?: BudgetUnit; isHard?: boolean; period?: string; allowsUnpriced?: boolean } = {},
) {
  const { unit = "CNY", isHard = true, period = "month", allowsUnpriced = false } = given;
  return db().budget.create({
    data: {
      ...{ id: newId(), name: "Team", scope: "instance", unit, period, isHard, allowsUnpriced },
      ...{ limitAmount: BigInt(limitAmount), timeZone: "Asia/Shanghai" },
    },
  });
}

const balances = async () =>
  (await db().budgetBalance.findMany()).map(({ used, held }) => ({
    used: Number(used),
    held: Number(held),
  }));

const attempt = (callId: string, given: Partial<CallAttempt> = {}): CallAttempt => ({
  ...{ callId, callNumber: 1, number: 1, providerId: "p", providerName: "P" },
  ...{ modelId: "m", modelName: "m", keyId: null, payer: "team", price },
  ...{ outcome: "answered", httpStatus: 200, errorCode: null, leftOut: [] },
  usage: { inputTokens: 900, outputTokens: 100, source: "reported" },
  ...{ startedAt: new Date(), headersAt: null, firstTokenAt: null, finishedAt: new Date() },
  ...given,
});

const settle = (callId: string, given: Partial<CallAttempt> = {}, isProvisional = false) =>
  settleCalls(
    { system: "test" },
    {
      holdIds: [callId],
      booked: [
        {
          ...{ attempt: attempt(callId, given), userId: actor.userId, kind: "answer" },
          ...{ conversationId: null, answerId: null, isProvisional },
        },
      ],
    },
  );

// 1,000 tokens in at 2 a million, 1,000 out at 8: 10,000 micro-units.
describe("a hold", () => {
  it("is made where no budget covers the call, and takes nothing", async () => {
    expect(await holdBudgets(actor, makeCall())).toEqual({
      ...{ isHeld: true, mostTokens: 1_000, limitedBy: null, isCounted: false },
    });
    expect(await db().hold.count()).toBe(1);
  });

  it("reserves the most that the call can cost, and becomes what it did", async () => {
    await makeBudget(100_000);
    const call = makeCall();
    expect(await holdBudgets(actor, call)).toMatchObject({ isHeld: true, isCounted: true });
    expect(await balances()).toEqual([{ used: 0, held: 10_000 }]);
    await settle(call.callId);
    expect(await balances()).toEqual([{ used: 2_600, held: 0 }]);
    await settle(call.callId);
    expect(await balances()).toEqual([{ used: 2_600, held: 0 }]);
    expect(await db().ledgerEntry.count()).toBe(1);
  });

  it("lets exactly as many of 200 through as there is room for", async () => {
    await makeBudget(5 * 10_000 + 900);
    const holds = await Promise.all(
      Array.from({ length: 200 }, () => holdBudgets(actor, makeCall())),
    );
    expect(holds.filter(({ isHeld }) => isHeld)).toHaveLength(5);
    expect(await balances()).toEqual([{ used: 0, held: 50_000 }]);
    expect(await db().hold.count()).toBe(5);
  });

  it("grants a shorter answer where there is less room, down to the shortest", async () => {
    const { name } = await makeBudget(6_000);
    expect(await holdBudgets(actor, makeCall())).toMatchObject({
      ...{ isHeld: true, mostTokens: 500, limitedBy: name },
    });
    expect(await balances()).toEqual([{ used: 0, held: 6_000 }]);
    expect(await holdBudgets(actor, makeCall())).toMatchObject({
      isHeld: false,
      refusal: { name, reason: "spent", limit: 6_000, held: 6_000, used: 0, unit: "CNY" },
    });
  });

  it("is refused by a money budget where the price is unknown, unless that lets it pass", async () => {
    const { id } = await makeBudget(1_000_000);
    expect(await holdBudgets(actor, makeCall({ price: null }))).toMatchObject({
      refusal: { reason: "unpriced" },
    });
    await db().budget.update({ where: { id }, data: { allowsUnpriced: true } });
    expect(await holdBudgets(actor, makeCall({ price: null }))).toMatchObject({ isHeld: true });
  });

  it("takes from all budgets or from none", async () => {
    await makeBudget(1_000_000);
    await makeBudget(1_500, { unit: "tokens", period: "day" });
    expect(await holdBudgets(actor, makeCall({ leastTokens: 1_000 }))).toMatchObject({
      isHeld: false,
    });
    expect(await balances()).toEqual([
      { used: 0, held: 0 },
      { used: 0, held: 0 },
    ]);
    expect(await holdBudgets(actor, makeCall())).toMatchObject({ isHeld: true, mostTokens: 500 });
  });

  it("grows where requests before it used something", async () => {
    await makeBudget(100_000);
    const call = makeCall();
    await holdBudgets(actor, call);
    const spent = { tokens: "500000000", CNY: "4000000000", USD: "0" };
    await holdBudgets(actor, { ...call, spent });
    expect(await balances()).toEqual([{ used: 0, held: 14_000 }]);
  });

  it("is no obstacle where a budget only warns", async () => {
    await makeBudget(100, { isHard: false });
    expect(await holdBudgets(actor, makeCall())).toMatchObject({ isHeld: true, mostTokens: 1_000 });
  });
});

describe("what is booked for a process that died", () => {
  it("makes way for the truth", async () => {
    await makeBudget(100_000);
    const call = makeCall();
    await holdBudgets(actor, call);
    const guess = { inputTokens: 1_000, outputTokens: 0, source: "estimated" as const };
    await settle(call.callId, { usage: guess }, true);
    expect(await balances()).toEqual([{ used: 2_000, held: 0 }]);
    await settle(call.callId);
    await settle(call.callId);
    expect(await balances()).toEqual([{ used: 2_600, held: 0 }]);
    const sums = await db().usageDay.findMany();
    expect(sums.map(({ attempts, costMicros }) => [attempts, costMicros])).toEqual([[1n, 2_600n]]);
    const revisions = await db().ledgerEntry.findMany({ orderBy: { revision: "asc" } });
    expect(revisions.map(({ costMicros }) => Number(costMicros))).toEqual([2_000, -2_000, 2_600]);
  });
});

describe("the ledger", () => {
  it("can't be changed", async () => {
    await settle(newId());
    await expect(db().ledgerEntry.updateMany({ data: { costMicros: 0n } })).rejects.toThrow();
    await expect(db().ledgerEntry.deleteMany()).rejects.toThrow();
  });

  it("tells of a budget at 50, 80 and 100 %, once each", async () => {
    await makeBudget(5_000);
    for (const _ of [1, 2, 3]) await settleHeld();
    const alerts = await db().alert.findMany({ orderBy: { createdAt: "asc" } });
    expect(alerts.map(({ facts }) => (facts as { percent: number }).percent).toSorted()).toEqual([
      100, 50, 80,
    ]);
  });

  async function settleHeld() {
    const call = makeCall();
    await holdBudgets(actor, { ...call, leastTokens: 1 });
    await settle(call.callId);
  }
});
