import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { boundTarget } from "@/lib/domain/ledger/estimate";
import { newId } from "../ids";
import { db } from "./client";
import { holdBudgets } from "./hold-budgets";
import {
  findBalances as balances,
  makeAttempt,
  makeBudget,
  makeCall,
  settle as settleFor,
  testPrice,
} from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let actor: Actor;
beforeEach(async () => {
  actor = await makeUser();
});

const settle = (callId: string, attempts = [makeAttempt(callId)], isProvisional = false) =>
  settleFor(actor.userId, callId, attempts, { isProvisional });

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

  it("lets pass what costs nothing, even where more is used than the limit", async () => {
    const { id } = await makeBudget(20_000);
    await makeBudget(100_000, { unit: "tokens" });
    const call = makeCall();
    await holdBudgets(actor, call);
    await settle(call.callId);
    await db().budget.update({ where: { id }, data: { limitAmount: 100n } });
    expect(await holdBudgets(actor, makeCall())).toMatchObject({ isHeld: false });
    const target = { inputTokens: 1_000, mostOutputTokens: 1_000, answers: 1, price: testPrice };
    const bounds = [boundTarget({ ...target, payer: "member" }, null)];
    expect(await holdBudgets(actor, makeCall({ bounds }))).toMatchObject({ isHeld: true });
    const price = { ...testPrice, inputMicros: 0, outputMicros: 0 };
    expect(await holdBudgets(actor, makeCall({ price }))).toMatchObject({ isHeld: true });
  });

  it("is given back also to a budget that covers the call no more when it grows", async () => {
    const { id } = await makeBudget(100_000);
    const { id: groupId } = await db().group.create({ data: { id: newId(), name: "Designers" } });
    await db().groupMember.create({ data: { groupId, userId: actor.userId } });
    await makeBudget(100_000, { scope: "group", subjectId: groupId });
    const call = makeCall();
    await holdBudgets(actor, call);
    await db().budget.update({ where: { id }, data: { isEnabled: false } });
    await db().groupMember.deleteMany();
    const spent = { tokens: "500000000", CNY: "4000000000", USD: "0" };
    await holdBudgets(actor, { ...call, spent });
    expect((await balances()).map(({ held }) => held).toSorted()).toEqual([10_000, 14_000]);
    await settle(call.callId);
    expect(await balances()).toEqual([
      { used: 2_600, held: 0 },
      { used: 2_600, held: 0 },
    ]);
  });

  it("is made anew where it was settled meanwhile as if nobody were alive", async () => {
    await makeBudget(14_000);
    const call = makeCall();
    await holdBudgets(actor, call);
    const guess = { inputTokens: 1_000, outputTokens: 0, source: "estimated" as const };
    await settle(call.callId, [makeAttempt(call.callId, { usage: guess })], true);
    expect(await balances()).toEqual([{ used: 2_000, held: 0 }]);
    expect(await holdBudgets(actor, call)).toMatchObject({ isHeld: true, mostTokens: 1_000 });
    expect(await balances()).toEqual([{ used: 2_000, held: 10_000 }]);
    expect(await holdBudgets(actor, makeCall({ leastTokens: 1_000 }))).toMatchObject({
      isHeld: false,
    });
    await settle(call.callId);
    expect(await balances()).toEqual([{ used: 2_600, held: 0 }]);
  });

  it("goes by the limit as it is then", async () => {
    const { id } = await makeBudget(10_000);
    const [first, second, third] = [makeCall(), makeCall(), makeCall()];
    expect(await holdBudgets(actor, first)).toMatchObject({ isHeld: true });
    expect(await holdBudgets(actor, second)).toMatchObject({ isHeld: false });
    await db().budget.update({ where: { id }, data: { limitAmount: 20_000n } });
    expect(await holdBudgets(actor, second)).toMatchObject({ isHeld: true });
    await db().budget.update({ where: { id }, data: { limitAmount: 5_000n } });
    expect(await holdBudgets(actor, third)).toMatchObject({ isHeld: false });
    for (const { callId } of [first, second]) await settle(callId);
    expect(await balances()).toEqual([{ used: 5_200, held: 0 }]);
  });

  it("is no obstacle where a budget only warns", async () => {
    await makeBudget(100, { isHard: false });
    // Nor does it ask for a limit where the model has none.
    expect(await holdBudgets(actor, makeCall())).toMatchObject({
      ...{ isHeld: true, mostTokens: 1_000, isCounted: false },
    });
  });
});

describe("what is booked for a process that died", () => {
  it("makes way for the truth", async () => {
    await makeBudget(100_000);
    const call = makeCall();
    await holdBudgets(actor, call);
    const guess = { inputTokens: 1_000, outputTokens: 0, source: "estimated" as const };
    await settle(call.callId, [makeAttempt(call.callId, { usage: guess })], true);
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

describe("days and months", () => {
  it("are those of the budget's time zone", async () => {
    // At any moment it is another day in one of them than in the other.
    await makeBudget(10_000, { period: "day", timeZone: "Pacific/Kiritimati" });
    await makeBudget(10_000, { period: "day", timeZone: "Pacific/Pago_Pago" });
    await holdBudgets(actor, makeCall());
    const spans = (await db().budgetBalance.findMany()).map(({ span }) => span).toSorted();
    const dayIn = (timeZone: string) =>
      new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());
    expect(spans).toEqual([dayIn("Pacific/Pago_Pago"), dayIn("Pacific/Kiritimati")]);
    expect(new Set(spans).size).toBe(2);
  });

  it("are those in which a call began, however late it is settled, or grows", async () => {
    await makeBudget(14_000, { period: "day", timeZone: "UTC" });
    const call = makeCall();
    await holdBudgets(actor, call);
    // As if it had been made yesterday.
    await db().$executeRaw`UPDATE holds SET created_at = created_at - interval '1 day',
      lines = (SELECT jsonb_agg(l || jsonb_build_object('span', to_char(
        (created_at - interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD')))
        FROM jsonb_array_elements(lines) l)`;
    await db().$executeRaw`UPDATE budget_balances SET span = to_char(
      (now() - interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
    expect(await holdBudgets(actor, makeCall())).toMatchObject({ isHeld: true });
    const spent = { tokens: "500000000", CNY: "4000000000", USD: "0" };
    expect(await holdBudgets(actor, { ...call, spent })).toMatchObject({ mostTokens: 1_000 });
    expect(await balances()).toEqual([
      { used: 0, held: 14_000 },
      { used: 0, held: 10_000 },
    ]);
    await settle(call.callId);
    expect(await balances()).toEqual([
      { used: 2_600, held: 0 },
      { used: 0, held: 10_000 },
    ]);
    const [entry] = await db().ledgerEntry.findMany();
    const [hold] = await db().hold.findMany({ where: { id: call.callId } });
    expect(entry?.occurredAt).toEqual(hold?.createdAt);
    const [sum] = await db().usageDay.findMany();
    expect(sum?.day.toISOString().slice(0, 10)).toBe(hold?.createdAt.toISOString().slice(0, 10));
  });

  it("say when they are over", async () => {
    await makeBudget(1, { period: "day", timeZone: "Asia/Kathmandu" });
    const hold = await holdBudgets(actor, makeCall());
    const resetsAt = hold.isHeld ? null : hold.refusal.resetsAt;
    const at = new Date(resetsAt ?? 0);
    expect(at.getTime() - Date.now()).toBeLessThanOrEqual(24 * 60 * 60_000);
    expect(
      new Intl.DateTimeFormat("en-GB", {
        ...{ timeZone: "Asia/Kathmandu", hour: "2-digit", minute: "2-digit" },
      }).format(at),
    ).toBe("00:00");
  });
});

describe("what is settled at the same time", () => {
  const guess = { inputTokens: 1_000, outputTokens: 0, source: "estimated" as const };

  it("is the truth in the end, whoever comes first", async () => {
    await makeBudget(10_000_000);
    const calls = Array.from({ length: 30 }, () => makeCall());
    await Promise.all(calls.map((call) => holdBudgets(actor, call)));
    await Promise.all(
      calls.flatMap(({ callId }) => [
        settle(callId),
        settle(callId, [makeAttempt(callId, { usage: guess })], true),
        settle(callId),
      ]),
    );
    expect(await balances()).toEqual([{ used: 30 * 2_600, held: 0 }]);
    const [sum] = await db().usageDay.findMany();
    expect(sum).toMatchObject({ attempts: 30n, costMicros: BigInt(30 * 2_600), estimated: 0n });
  });

  it("takes back what was booked for a call that turns out to have asked nobody", async () => {
    await makeBudget(100_000);
    const call = makeCall();
    await holdBudgets(actor, call);
    await settle(call.callId, [makeAttempt(call.callId, { usage: guess })], true);
    await settle(call.callId, []);
    expect(await balances()).toEqual([{ used: 0, held: 0 }]);
    const [sum] = await db().usageDay.findMany();
    expect(sum).toMatchObject({ attempts: 0n, calls: 0n, costMicros: 0n, inputTokens: 0n });
  });

  it("takes back as much as was charged in another currency", async () => {
    await makeBudget(100_000, { unit: "USD" });
    const rateMicros = 7_123_457;
    const call = makeCall({ rateMicros });
    await holdBudgets(actor, call);
    await settle(call.callId, [makeAttempt(call.callId, { usage: guess })], true);
    expect(await balances()).toEqual([{ used: Math.ceil((2_000 * 1e6) / rateMicros), held: 0 }]);
    await settle(call.callId, []);
    expect(await balances()).toEqual([{ used: 0, held: 0 }]);
  });
});

describe("the ledger", () => {
  it("can't be changed", async () => {
    await settle(newId());
    await expect(db().ledgerEntry.updateMany({ data: { costMicros: 0n } })).rejects.toThrow();
    await expect(db().ledgerEntry.deleteMany()).rejects.toThrow();
    const empty = "TRUNCATE ledger";
    await expect(db().$executeRawUnsafe(empty)).rejects.toThrow(/only ever added to/);
    expect(await db().ledgerEntry.count()).toBe(1);
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
