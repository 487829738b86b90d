import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { findAlerts } from "./alerts";
import { db } from "./client";
import { holdBudgets } from "./hold-budgets";
import { makeAttempt, makeCall, settle } from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";
import { tellUnusualUse } from "./unusual-use";

useTestDatabase();

let admin: Actor;
let member: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
  member = await makeUser({ name: "Ada" });
});

const tell = (given: { sinceMs?: number } = {}) =>
  tellUnusualUse(
    { system: "test" },
    { tokensPerCall: 5_000, callsPerMinute: 10, sinceMs: 600_000, ...given },
  );

const factsOf = async (actor = admin) =>
  (await findAlerts(actor, { limit: 100 })).alerts.map(({ facts }) => facts);

/** A call whose requests used so many tokens each. */
async function call(actor: Actor, ...used: number[]): Promise<string> {
  const { callId, ...rest } = makeCall();
  await holdBudgets(actor, { callId, ...rest });
  const attempts = used.map((inputTokens, index) =>
    makeAttempt(callId, {
      callNumber: index + 1,
      number: index + 1,
      usage: { inputTokens, outputTokens: 10, source: "reported" },
    }),
  );
  await settle(actor.userId, callId, attempts);
  return callId;
}

async function callAt(actor: Actor, secondsAgo: number): Promise<void> {
  const callId = await call(actor, 1);
  await db().$executeRaw`
    UPDATE holds SET created_at = now() - make_interval(secs => ${secondsAgo}::float8)
    WHERE id = ${callId}`;
}

describe("a call with unusually many tokens", () => {
  it("is told, all its requests together, with who and which model", async () => {
    await call(member, 4_000);
    await tell();
    expect(await factsOf()).toEqual([]);
    await call(member, 3_000, 3_000);
    await tell();
    expect(await factsOf()).toEqual([
      {
        ...{ kind: "tokens_per_call", userName: "Ada", modelName: "m" },
        ...{ tokens: 6_020, threshold: 5_000 },
      },
    ]);
  });

  it("is told once per user and hour, and is for admins", async () => {
    const other = await makeUser({ name: "Grace" });
    for (let time = 0; time < 3; time += 1) {
      await call(member, 9_000);
      await call(other, 9_000);
      await Promise.all([tell(), tell()]);
    }
    expect((await factsOf()).map((facts) => "userName" in facts && facts.userName).sort()).toEqual([
      "Ada",
      "Grace",
    ]);
    expect(await factsOf(member)).toEqual([]);
  });

  it("is told again in another hour", async () => {
    await call(member, 9_000);
    await tell();
    await db().$executeRaw`UPDATE alerts SET once_key = once_key || ' of an hour ago'`;
    await call(member, 9_000);
    await tell();
    expect(await factsOf()).toHaveLength(2);
  });

  it("is told also when nobody had looked for minutes, as far back as is asked", async () => {
    const [recent, old] = [await call(member, 9_000), await call(admin, 9_000)];
    await db()
      .$executeRaw`UPDATE holds SET ended_at = now() - interval '8 minutes' WHERE id = ${recent}`;
    await db()
      .$executeRaw`UPDATE holds SET ended_at = now() - interval '20 minutes' WHERE id = ${old}`;
    await tell({ sinceMs: 60_000 });
    expect(await factsOf()).toEqual([]);
    await tell();
    expect(await factsOf()).toMatchObject([{ userName: "Ada" }]);
  });
});

describe("a user with unusually many calls", () => {
  it("is told, whether the calls are over or not", async () => {
    for (let calls = 0; calls < 10; calls += 1) await call(member, 1);
    await tell();
    expect(await factsOf()).toEqual([]);
    await holdBudgets(member, makeCall());
    await tell();
    expect(await factsOf()).toEqual([
      { kind: "calls_per_minute", userName: "Ada", calls: 11, threshold: 10 },
    ]);
  });

  it("is told for any minute, also one that was over when somebody looked", async () => {
    for (let calls = 0; calls < 11; calls += 1) await callAt(member, 300 + calls * 5);
    await tell();
    expect(await factsOf()).toMatchObject([{ kind: "calls_per_minute", calls: 11 }]);
  });

  it("is not told for calls of several minutes, or of several people", async () => {
    for (let calls = 0; calls < 20; calls += 1) await callAt(member, calls * 7);
    for (let calls = 0; calls < 9; calls += 1) await call(admin, 1);
    await tell();
    expect(await factsOf()).toEqual([]);
  });

  it("is told once per user and hour", async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let calls = 0; calls < 12; calls += 1) await call(member, 1);
      await Promise.all([tell(), tell()]);
    }
    expect(await factsOf()).toHaveLength(1);
  });
});
