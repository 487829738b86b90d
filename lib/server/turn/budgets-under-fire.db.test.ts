import { beforeEach, describe, expect, it } from "vitest";
import { getInstanceSettings } from "../db/settings";
import { db } from "../db/client";
import { storeModel } from "../db/testing-models";
import { findBalances, makeBudget, storePrice } from "../db/testing-holds";
import { isDatabaseUnavailable } from "../db/unavailable";
import { newId } from "../ids";
import { gatePolicy } from "../models/gate-policy";
import { settleOrphanedHolds } from "../ledger/orphaned-holds";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { stopLiveAnswer } from "../generations/hub";
import { findRows, lastOf, readChunks, useTurns } from "./testing-turns";

const { turns, submit, useModel } = useTurns();
let modelId: string;

beforeEach(async () => {
  modelId = await useModel("plain");
  await db().model.updateMany({ data: { contextWindow: 8_000, maxOutputTokens: 1_000 } });
  await storePrice(modelId);
});

/** What one turn with this text holds. */
async function measureHold(text: string): Promise<number> {
  const { id } = await makeBudget(1_000_000_000);
  await readChunks(await submit(newId(), text));
  await settled();
  const [hold] = await db().hold.findMany();
  const [line] = hold?.lines as { amount: number }[];
  await db().hold.deleteMany();
  await db().budget.delete({ where: { id } });
  turns.provider.forget();
  return line?.amount ?? 0;
}

const settled = () =>
  expect.poll(() => db().hold.count({ where: { endedAt: null } }), { timeout: 20_000 }).toBe(0);

const ledgerCost = async () => {
  const { _sum } = await db().ledgerEntry.aggregate({ _sum: { costMicros: true } });
  return Number(_sum.costMicros);
};

/** What each open hold has taken. */
const findHeld = async () =>
  (await db().hold.findMany({ where: { endedAt: null } })).map(
    ({ lines }) => (lines as { amount: number }[])[0]?.amount ?? 0,
  );

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const text = "How are you?";
const countCalls = () => turns.provider.requests().length;

/** Answers that come once `open` is called. */
function shutGate() {
  const gate = Promise.withResolvers<undefined>();
  turns.provider.script(text, async (call) => {
    await gate.promise;
    await call.answer.addText("Fine.");
    await call.answer.finish();
  });
  return () => {
    gate.resolve(undefined);
  };
}

const sendMany = (count: number) =>
  Array.from({ length: count }, async () => lastOf(await readChunks(await send(newId()))));

/** As a browser does where all connections to the database are taken for too long. */
async function send(id: string, tries = 5): Promise<Response> {
  try {
    return await submit(id, text);
  } catch (error) {
    if (tries === 0 || !isDatabaseUnavailable(error)) throw error;
    return send(id, tries - 1);
  }
}

describe("many turns at once, on a budget with room for five", { timeout: 90_000 }, () => {
  // The embedded database runs in this thread: 200 keep it from its connections for long.
  it.each([
    ["month", 200],
    ["day", 40],
    ["once", 40],
  ])("are five that are asked: the first of a %s, %i at once", async (period, count) => {
    const each = await measureHold(text);
    const before = await ledgerCost();
    await makeBudget(5 * each + 100, { period });
    const open = shutGate();
    const sent = sendMany(count);
    await expect.poll(() => countCalls(), { timeout: 60_000 }).toBe(5);
    await expect
      .poll(() => db().message.count({ where: { errorCode: "budget_exceeded" } }), {
        timeout: 60_000,
      })
      .toBe(count - 5);
    const held = await findHeld();
    expect(held).toHaveLength(5);
    expect(await findBalances()).toEqual([{ used: 0, held: sum(held) }]);
    open();
    const ends = await Promise.all(sent);
    expect(ends.filter(({ status }) => status === "complete")).toHaveLength(5);
    const refused = ends.filter(({ errorCode }) => errorCode === "budget_exceeded");
    expect(refused).toHaveLength(count - 5);
    expect(refused[0]?.errorDetails).toMatchObject({
      ...{ budget: "Team", scope: "instance", unit: "CNY", period },
      ...{ limit: 5 * each + 100, used: 0, held: sum(held) },
    });
    await settled();
    expect(countCalls()).toBe(5);
    expect(await findBalances()).toEqual([{ used: (await ledgerCost()) - before, held: 0 }]);
    // What was typed is kept.
    const questions = (await findRows()).filter(({ role }) => role === "user");
    expect(questions).toHaveLength(count + 1);
    expect(questions.every(({ parts }) => JSON.stringify(parts).includes(text))).toBe(true);
  });

  it("are as many more as a limit that is raised in between lets pass", async () => {
    const each = await measureHold(text);
    const { id } = await makeBudget(2 * each + 100);
    const open = shutGate();
    const first = sendMany(20);
    await expect.poll(() => countCalls(), { timeout: 60_000 }).toBe(2);
    await expect
      .poll(() => db().message.count({ where: { errorCode: "budget_exceeded" } }), {
        timeout: 30_000,
      })
      .toBe(18);
    await db().budget.update({ where: { id }, data: { limitAmount: BigInt(3 * each + 100) } });
    const second = sendMany(20);
    await expect
      .poll(() => db().message.count({ where: { errorCode: "budget_exceeded" } }), {
        timeout: 30_000,
      })
      .toBe(37);
    await db().budget.update({ where: { id }, data: { limitAmount: 1n } });
    open();
    const ends = await Promise.all([...first, ...second]);
    expect(ends.filter(({ status }) => status === "complete")).toHaveLength(3);
    await settled();
    expect(countCalls()).toBe(3);
    expect((await findBalances())[0]?.held).toBe(0);
  });
});

describe("a turn under a budget", () => {
  it("is stopped before anything came, and its rest is free again", async () => {
    await makeBudget(1_000_000_000);
    shutGate();
    const id = newId();
    const answer = await submit(id, text);
    await expect.poll(() => countCalls()).toBe(1);
    await stopLiveAnswer(turns.actor, id);
    expect(lastOf(await readChunks(answer)).status).toBe("stopped");
    await settled();
    expect(await findBalances()).toEqual([{ used: await ledgerCost(), held: 0 }]);
    const [entry] = await db().ledgerEntry.findMany();
    expect(entry).toMatchObject({ source: "estimated", outcome: "aborted", outputTokens: 0 });
  });

  it("is stopped in its last moments, many times, and each is booked once", async () => {
    await makeBudget(1_000_000_000);
    turns.provider.script(text, async (call) => {
      for (let word = 0; word < 10; word += 1) {
        await call.answer.addText("word ");
        await call.wait(5);
      }
      await call.answer.finish();
    });
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const id = newId();
        const reading = readChunks(await submit(id, text));
        await new Promise((resolve) => setTimeout(resolve, 30 + at * 4));
        await stopLiveAnswer(turns.actor, id);
        await reading;
      }),
    );
    await settled();
    // Nothing is booked for those that were stopped before anybody was asked.
    const count = await db().ledgerEntry.count();
    expect(count).toBe(await db().attempt.count());
    expect(count).toBeGreaterThanOrEqual(countCalls());
    expect(await findBalances()).toEqual([{ used: await ledgerCost(), held: 0 }]);
  });

  it("holds what its retries need besides what was used before", async () => {
    const each = await measureHold(text);
    const used = await ledgerCost();
    // Room for one try, and no whole second one.
    await makeBudget(each + 100);
    let tries = 0;
    turns.provider.script(text, async (call) => {
      tries += 1;
      // Taken, and given up: it may have cost something.
      await call.answer.start();
      await call.answer.writeEvent({ error: { message: "Overloaded", type: "overloaded_error" } });
      call.answer.endEarly();
    });
    await readChunks(await submit(newId(), text));
    await settled();
    const [balance] = await findBalances();
    expect(tries).toBeGreaterThan(1);
    expect(balance).toEqual({ used: (await ledgerCost()) - used, held: 0 });
    expect(balance?.used).toBeLessThanOrEqual(each + 100);
  });

  it("holds for the dearest of the models that may answer", async () => {
    const cheap = await measureHold(text);
    const { modelId: dear } = await storeModel({ name: "plain~2", baseUrl: turns.provider.url });
    await db().model.updateMany({ data: { contextWindow: 8_000, maxOutputTokens: 1_000 } });
    await storePrice(dear, { outputMicros: 80_000_000 });
    const alias = await db().alias.findFirst({ where: { id: modelId } });
    await db().aliasTarget.create({
      data: { aliasId: alias?.id ?? "", modelId: dear, position: 1 },
    });
    await makeBudget(1_000_000_000);
    await readChunks(await submit(newId(), text, { model: modelId }));
    await settled();
    const [hold] = await db().hold.findMany();
    const [line] = hold?.lines as { amount: number }[];
    expect(line?.amount).toBeGreaterThan(cheap * 5);
  });

  it("is refused clearly, and asks nobody, while the database is away", async () => {
    const policy = gatePolicy();
    const { holdBudgets } = policy;
    policy.holdBudgets = () =>
      Promise.reject(Object.assign(new Error("gone"), { code: "ECONNREFUSED" }));
    try {
      const end = lastOf(await readChunks(await submit(newId(), text)));
      expect(end).toMatchObject({ status: "failed", errorCode: "database_unavailable" });
      expect(countCalls()).toBe(0);
    } finally {
      policy.holdBudgets = holdBudgets;
    }
  });
});

describe("a turn whose process died", () => {
  it("is booked by what is known, and its hold is free, once", async () => {
    await makeBudget(1_000_000_000);
    const open = shutGate();
    const answer = await submit(newId(), text);
    await expect.poll(() => countCalls()).toBe(1);
    await db().$executeRaw`UPDATE generations SET heartbeat_at = now() - interval '61 seconds'`;
    await db().$executeRaw`UPDATE holds SET renewed_at = now() - interval '61 seconds'`;
    // A hold of an answer waits for its answer.
    await settleOrphanedHolds(0);
    expect(await db().hold.count({ where: { endedAt: null } })).toBe(1);
    await closeAbandonedGenerations({ system: "test" }, 60_000);
    expect(await db().hold.count({ where: { endedAt: null } })).toBe(0);
    const guessed = await ledgerCost();
    expect(guessed).toBeGreaterThan(0);
    expect(await findBalances()).toEqual([{ used: guessed, held: 0 }]);
    // It was only away, and brings the truth.
    open();
    await readChunks(answer);
    await expect.poll(() => db().ledgerEntry.count()).toBe(3);
    const cost = await ledgerCost();
    expect(await findBalances()).toEqual([{ used: cost, held: 0 }]);
    const sums = await db().usageDay.aggregate({ _sum: { costMicros: true, attempts: true } });
    expect(sums._sum).toEqual({ costMicros: BigInt(cost), attempts: 1n });
    expect((await getInstanceSettings()).timeZone).toBe("UTC");
  });
});
