import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { Payer, PriceVersion } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt, TokenUsage } from "@/lib/domain/answer/attempt";
import { boundTarget, sumSpent } from "@/lib/domain/ledger/estimate";
import { db } from "../db/client";
import { holdBudgets } from "../db/hold-budgets";
import { findOrphanedHolds, settleOrphanedHold } from "../db/open-holds";
import { makeAttempt, makeCall, settle, testPrice } from "../db/testing-holds";
import { makeUser, truncateTables, useTestDatabase } from "../db/testing";
import { newId } from "../ids";

useTestDatabase();

const runs = inject("databaseTemplate").kind === "pglite" ? 6 : 25;

const micros = fc.integer({ min: 0, max: 30_000_000 });
const prices = fc.option(
  fc.record<PriceVersion>({
    ...{ id: fc.constant("price"), validFrom: fc.constant(testPrice.validFrom) },
    ...{ currency: fc.constantFrom("CNY", "USD"), inputMicros: micros, outputMicros: micros },
    ...{ cachedInputMicros: fc.option(micros), reasoningMicros: fc.option(micros) },
  }),
  { freq: 6 },
);

type Model = { price: PriceVersion | null; payer: Payer };
const models = fc.record<Model>({
  price: prices,
  payer: fc.constantFrom("team", "team", "team", "member"),
});

/** Shares of what was allowed, in thousandths: of input, cached, output, reasoning. */
const shares = fc.tuple(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000));

const stories = fc.record({
  user: fc.nat(2),
  hasKey: fc.boolean(),
  models: fc.array(models, { minLength: 1, maxLength: 3 }),
  inputTokens: fc.integer({ min: 1, max: 20_000 }),
  mostTokens: fc.integer({ min: 1, max: 4_000 }),
  rateMicros: fc.option(fc.constantFrom(7_123_457, 6_900_001)),
  /** One try at each model; null for one that was refused, and used nothing. */
  tries: fc.array(fc.option(shares, { freq: 5 }), { minLength: 1, maxLength: 4 }),
  /** Taken for dead, before it settles, at the same time, or for ever. */
  death: fc.constantFrom(null, null, "before", "meanwhile", "for ever"),
  repeats: fc.integer({ min: 1, max: 3 }),
});
type Story = typeof stories extends fc.Arbitrary<infer Value> ? Value : never;

const budgets = fc.record({
  scope: fc.constantFrom("instance", "group", "user", "each_user", "each_key"),
  unit: fc.constantFrom<BudgetUnit>("tokens", "CNY", "USD"),
  period: fc.constantFrom("day", "month", "once", "turn"),
  limitAmount: fc.bigInt({ min: 1_000n, max: 400_000n }),
  isHard: fc.boolean(),
  allowsUnpriced: fc.boolean(),
  timeZone: fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York"),
});

const take = (tokens: number, share: number) => Math.floor((tokens * share) / 1_000);

function useOf([input, cached, output, reasoning]: number[], of: Story, most: number): TokenUsage {
  const inputTokens = take(of.inputTokens, input ?? 0);
  const outputTokens = take(most, output ?? 0);
  return {
    ...{ inputTokens, cachedTokens: take(inputTokens, cached ?? 0) },
    ...{ outputTokens, reasoningTokens: take(outputTokens, reasoning ?? 0), source: "reported" },
  };
}

/** Makes a call as the gate does, and settles it as its process, or another one, would. */
async function live(story: Story, actor: Actor): Promise<void> {
  const { inputTokens, mostTokens, rateMicros, death, repeats } = story;
  const callId = newId();
  const target = { inputTokens, mostOutputTokens: mostTokens, answers: 1 };
  const [first] = story.models;
  if (first === undefined) return;
  const hold = (asked: readonly Model[], made: readonly CallAttempt[]) =>
    holdBudgets(
      actor,
      makeCall({
        ...{ callId, wantedTokens: mostTokens, leastTokens: Math.min(256, mostTokens), rateMicros },
        bounds: asked.map((model) => boundTarget({ ...target, ...model }, rateMicros)),
        spent: sumSpent(
          made.flatMap(({ usage, price, payer }) => (usage ? { usage, price, payer } : [])),
          rateMicros,
        ),
        first: { ...makeCall().first, ...first, inputTokens },
      }),
    );
  let held = await hold(story.models, []);
  if (!held.isHeld) return;
  const attempts: CallAttempt[] = [];
  let isCovered = true;
  for (const [at, tried] of story.tries.entries()) {
    const model = story.models[at % story.models.length] ?? first;
    if (!isCovered) held = await hold([model], attempts);
    if (!held.isHeld) break;
    const usage =
      tried === null ? null : useOf(tried, story, Math.min(mostTokens, held.mostTokens));
    const number = attempts.length + 1;
    attempts.push(makeAttempt(callId, { ...model, usage, callNumber: number, number }));
    isCovered &&= usage === null;
  }
  const dies = async () => {
    await db().$executeRaw`
      UPDATE holds SET renewed_at = now() - interval '1 minute' WHERE id = ${callId}`;
    await settleOrphanedHold({ system: "test" }, callId, 30_000);
  };
  if (death === "before" || death === "for ever") await dies();
  if (death === "for ever") return;
  const truths = Array.from({ length: repeats }, () => settle(actor.userId, callId, attempts));
  await Promise.all(death === "meanwhile" ? [...truths, dies()] : truths);
}

/** What each balance should say is used, by the ledger and by the rate of each hold. */
async function findUsed(): Promise<Map<string, number>> {
  const rows = await db().ledgerEntry.findMany();
  const valid = rows.filter(
    ({ callId, number, revision }) =>
      revision === 2 ||
      (revision === 0 &&
        !rows.some((row) => row.callId === callId && row.number === number && row.revision === 1)),
  );
  const used = new Map<string, number>();
  for (const hold of await db().hold.findMany()) {
    const rate = Number(hold.rateMicros ?? 0);
    const lines = hold.lines as { budget: string; subject: string; span: string; unit: string }[];
    for (const { budget, subject, span, unit } of lines) {
      const amounts = valid
        .filter(({ callId, paidBy }) => callId === hold.id && paidBy === "team")
        .map(({ inputTokens, outputTokens, costMicros, currency }) => {
          const cost = Number(costMicros ?? 0);
          if (unit === "tokens") return inputTokens + outputTokens;
          if (currency === unit || currency === null) return currency === null ? 0 : cost;
          if (rate === 0) return 0;
          const exact = BigInt(cost) * (unit === "CNY" ? BigInt(rate) : 1_000_000n);
          const by = unit === "CNY" ? 1_000_000n : BigInt(rate);
          return Number((exact + by - 1n) / by);
        });
      const key = [budget, subject, span].join(" ");
      used.set(
        key,
        amounts.reduce((sum, amount) => sum + amount, used.get(key) ?? 0),
      );
    }
  }
  return used;
}

async function checkBooks(): Promise<void> {
  expect(await db().hold.count({ where: { endedAt: null } })).toBe(0);
  const used = await findUsed();
  for (const balance of await db().budgetBalance.findMany()) {
    const key = [balance.budgetId, balance.subjectId, balance.span].join(" ");
    expect([key, Number(balance.used)]).toEqual([key, used.get(key) ?? 0]);
    expect(Number(balance.held)).toBe(0);
  }
  const sum = {
    ...({ inputTokens: true, cachedTokens: true } as const),
    ...({ outputTokens: true, reasoningTokens: true } as const),
  };
  const _sum = { ...sum, costMicros: true } as const;
  const big = (sums: Record<string, number | bigint | null | undefined> = {}) =>
    Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, BigInt(value ?? 0)]));
  const ledger = big((await db().ledgerEntry.aggregate({ _sum }))._sum);
  const counts = { ..._sum, calls: true, attempts: true } as const;
  const days = big((await db().usageDay.aggregate({ _sum: counts }))._sum);
  const hours = big((await db().usageHour.aggregate({ _sum: counts }))._sum);
  const rows = await db().ledgerEntry.findMany();
  const count = (some: typeof rows) =>
    BigInt(some.reduce((total, { revision }) => total + (revision === 1 ? -1 : 1), 0));
  const counted = {
    ...ledger,
    calls: count(rows.filter(({ number }) => number === 1)),
    attempts: count(rows),
  };
  expect(days).toEqual(counted);
  expect(hours).toEqual(counted);
}

/** No hard budget has ever more used and held than its limit. */
async function checkLimits(): Promise<void> {
  const over = await db().$queryRaw<unknown[]>`
    SELECT b.unit, b.scope, b.limit_amount, bb.used, bb.held
    FROM budget_balances bb JOIN budgets b ON b.id = bb.budget_id
    WHERE b.is_hard AND bb.used + bb.held > b.limit_amount`;
  expect(over).toEqual([]);
}

describe("the books after any traffic", () => {
  it("agree with each other, hold nothing, and were never over a hard limit", async () => {
    const traffic = fc.record({
      budgets: fc.array(budgets, { minLength: 1, maxLength: 4 }),
      groups: fc.array(fc.nat(2), { maxLength: 3 }),
      rounds: fc.array(fc.array(stories, { minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 3,
      }),
      /** A process that was taken for dead, and was not, may have used what others now hold. */
      hasDeaths: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(traffic, async (given) => {
        await truncateTables();
        const users = [await makeUser(), await makeUser(), await makeUser()];
        const groupId = newId();
        await db().group.create({ data: { id: groupId, name: "Everybody" } });
        for (const at of new Set(given.groups))
          await db().groupMember.create({ data: { groupId, userId: users[at]?.userId ?? "" } });
        for (const budget of given.budgets) {
          const subjects = new Map([
            ["group", groupId],
            ["user", users[0]?.userId ?? ""],
          ]);
          await db().budget.create({
            data: {
              id: newId(),
              name: budget.scope,
              subjectId: subjects.get(budget.scope) ?? null,
              ...budget,
            },
          });
        }
        for (const [round, told] of given.rounds.entries()) {
          const watching = new AbortController();
          const watch = async () => {
            while (!watching.signal.aborted) {
              await checkLimits();
              await sleep(10);
            }
          };
          const watched = given.hasDeaths ? Promise.resolve() : watch();
          await Promise.all(
            told.map((story) => {
              const user = users[story.user];
              if (user === undefined) throw new Error("nobody");
              const actor = story.hasKey ? { ...user, keyId: `key of ${user.userId}` } : user;
              return live({ ...story, death: given.hasDeaths ? story.death : null }, actor);
            }),
          );
          watching.abort();
          await watched;
          // Who was in a group is not any more, and a budget is off: what was held is settled there.
          if (round === 0) await db().groupMember.deleteMany();
        }
        expect(await findOrphanedHolds({ system: "test" }, 0)).toEqual([]);
        await checkBooks();
      }),
      { numRuns: runs },
    );
  }, 180_000);
});
