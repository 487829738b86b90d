import { beforeEach, describe, expect, it } from "vitest";
import type { UsageQuery, UsageRow } from "@/lib/contracts/usage-reports";
import type { Actor } from "@/lib/domain/actor";
import { db } from "../db/client";
import { settleCalls } from "../db/settle-calls";
import { updateInstanceSettings } from "../db/settings";
import { bookRequest, bookRequests, holdRequest } from "../db/testing-books";
import { makeUser, useTestDatabase } from "../db/testing";
import { findUsageSums } from "../db/usage-report";
import { newId } from "../ids";
import { findUsage } from "./find-usage";

useTestDatabase();

let admin: Actor;
let member: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin", name: "Ada" });
  member = await makeUser({ name: "Bo", email: "bo@example.com" });
});

const at = new Date("2026-11-10T12:00:00Z");
const range = { from: "2026-11-09", to: "2026-11-11" };
const ask = (actor: Actor, query: Partial<UsageQuery> = {}) =>
  findUsage(actor, { groupBy: "model", ...range, ...query });
const keysOf = (rows: UsageRow[]) => rows.map(({ key }) => key);

describe("a report", () => {
  it("adds up tokens, costs, attempts and times", async () => {
    const callId = await bookRequest({ userId: member.userId, at, errorCode: "provider_timeout" });
    await bookRequest({ userId: member.userId, at, callId, number: 2, firstTokenMs: 500 });
    await bookRequest({
      ...{ userId: member.userId, at, currency: "USD", isEstimated: true, cachedTokens: 400 },
      ...{ reasoningTokens: 40, firstTokenMs: 300, durationMs: 1_300 },
    });
    await bookRequest({ userId: member.userId, at, currency: null, firstTokenMs: null });
    const { rows, totals } = await ask(admin);
    expect(totals).toEqual({
      ...{ calls: 3, attempts: 4, failed: 1, estimated: 1, unpriced: 1 },
      ...{ inputTokens: 3_000, cachedTokens: 400, outputTokens: 300, reasoningTokens: 40 },
      costs: [
        { currency: "CNY", micros: 2_800 },
        { currency: "USD", micros: 2_200 },
      ],
      firstTokenMs: 400,
      tokensPerSecond: (200 * 1_000) / 1_800,
    });
    expect(rows).toEqual([{ key: "model-one", label: "Name of model-one", sums: totals }]);
  });

  it("has a row of zeros for a day without anything, and for a group of rows none", async () => {
    const { rows } = await ask(admin, { groupBy: "day" });
    expect(keysOf(rows)).toEqual(["2026-11-09", "2026-11-10", "2026-11-11"]);
    expect(rows[0]?.sums).toMatchObject({ attempts: 0, costs: [], firstTokenMs: null });
    expect((await ask(admin, { groupBy: "user" })).rows).toEqual([]);
  });

  it("reckons days in the team's time zone", async () => {
    await db().setting.create({ data: { key: "timeZone", value: "Asia/Shanghai" } });
    await bookRequest({ userId: member.userId, at: new Date("2026-11-10T16:00:00Z") });
    await bookRequest({ userId: member.userId, at: new Date("2026-11-10T15:59:59Z") });
    const { rows, timeZone } = await ask(admin, { groupBy: "day" });
    expect(timeZone).toBe("Asia/Shanghai");
    expect(rows.map(({ sums }) => sums.calls)).toEqual([0, 1, 1]);
    const hours = await ask(admin, { groupBy: "hour", from: "2026-11-11" });
    expect(keysOf(hours.rows)).toEqual(["2026-11-10T16:00:00Z"]);
  });

  it("cuts hours where a day begins at half past", async () => {
    await db().setting.create({ data: { key: "timeZone", value: "Asia/Kolkata" } });
    for (const time of ["18:29:59", "18:30:00", "19:00:00"])
      await bookRequest({ userId: member.userId, at: new Date(`2026-11-10T${time}Z`) });
    const day = { from: "2026-11-11", to: "2026-11-11", groupBy: "hour" } as const;
    const { rows } = await ask(admin, day);
    expect(rows.map(({ key, sums }) => [key, sums.calls])).toEqual([
      ["2026-11-10T18:00:00Z", 1],
      ["2026-11-10T19:00:00Z", 1],
    ]);
    const own = await ask(member, day);
    expect(own.rows).toEqual(rows);
  });

  it("counts a call for each group that its user was in then, and once in the totals", async () => {
    await db().group.create({ data: { id: "group-one", name: "Research" } });
    await bookRequest({ userId: member.userId, at, groupIds: ["group-gone", "group-one"] });
    await bookRequest({ userId: member.userId, at, groupIds: ["group-one"] });
    await bookRequest({ userId: member.userId, at });
    const { rows, totals } = await ask(admin, { groupBy: "group" });
    expect(rows.map(({ key, label, sums }) => [key, label, sums.calls])).toEqual([
      ["group-one", "Research", 2],
      ["", null, 1],
      ["group-gone", null, 1],
    ]);
    expect(totals.calls).toBe(3);
  });

  it("puts the dearest first, by the team's rate", async () => {
    await updateInstanceSettings(admin, { cnyPerUsdMicros: 7_000_000 });
    const book = (modelId: string, currency: "CNY" | "USD" | null, inputTokens: number) =>
      bookRequest({ userId: member.userId, at, modelId, currency, inputTokens });
    await book("model-free", null, 90_000);
    await book("model-yuan", "CNY", 6_000);
    await book("model-dollar", "USD", 1_000);
    expect(keysOf((await ask(admin)).rows)).toEqual(["model-dollar", "model-yuan", "model-free"]);
  });

  it("leaves nothing behind of what was taken back", async () => {
    const guess = { userId: member.userId, at, isProvisional: true, currency: "USD" as const };
    const callId = await bookRequest({ ...guess, isEstimated: true, inputTokens: 9_000 });
    await bookRequest({ userId: member.userId, at, callId });
    const before = await ask(admin, { groupBy: "error" });
    expect(before.rows).toHaveLength(1);
    expect(before.totals).toMatchObject({
      ...{ calls: 1, attempts: 1, estimated: 0, inputTokens: 1_000 },
      costs: [{ currency: "CNY", micros: 2_800 }],
    });
  });
});

describe("a call that was handed on to another model", () => {
  const asked = () => ({ userId: member.userId, at, callId: newId() });
  const first = { modelId: "model-first", providerId: "provider-first" };
  const failed = { ...first, errorCode: "provider_timeout" as const };
  const callsBy = async (groupBy: "model" | "provider" | "error" | "hour") => {
    const { rows, totals } = await ask(admin, { groupBy });
    expect(rows.reduce((sum, { sums }) => sum + sums.calls, 0)).toBe(totals.calls);
    return Object.fromEntries(rows.map(({ key, sums }) => [key, sums.calls]));
  };

  it("is counted where it was answered", async () => {
    const call = asked();
    await bookRequests([
      { ...call, ...failed },
      { ...call, number: 2 },
    ]);
    await bookRequest(asked());
    expect(await callsBy("model")).toEqual({ "model-first": 0, "model-one": 2 });
    expect(await callsBy("provider")).toEqual({ "provider-first": 0, "provider-one": 2 });
    expect(await callsBy("error")).toEqual({ provider_timeout: 0, "": 2 });
    expect(await callsBy("hour")).toEqual({ "2026-11-10T12:00:00Z": 2 });
  });

  it("is counted once, however its requests are booked", async () => {
    const call = asked();
    await bookRequest({ ...call, ...failed, isProvisional: true });
    expect(await callsBy("model")).toEqual({ "model-first": 1 });
    const requests = [
      { ...call, ...failed },
      { ...call, number: 2 },
    ];
    await bookRequests(requests);
    await bookRequests(requests);
    await bookRequest({ ...call, modelId: "model-later", number: 3 });
    const calls = { "model-first": 0, "model-one": 1, "model-later": 0 };
    expect(await callsBy("model")).toEqual(calls);
    await updateInstanceSettings(admin, { timeZone: "Asia/Shanghai" });
    expect(await callsBy("model")).toEqual(calls);
  });

  it("stays where it began in what was booked before there was a difference", async () => {
    const call = asked();
    const [began, ended] = [
      await holdRequest({ ...call, ...failed }),
      await holdRequest({ ...call, number: 2 }),
    ];
    await db().$executeRaw`
      INSERT INTO ledger (id, call_id, number, kind, occurred_at, user_id, group_ids, provider_id,
        provider_name, model_id, model_name, paid_by, outcome)
      SELECT id, ${call.callId}, number, 'answer', ${at}, ${member.userId}, '{}', 'provider-one', '',
        model, '', 'team', 'answered'
      FROM (VALUES ('one', 1, 'model-first'), ('two', 2, 'model-one')) AS old(id, number, model)`;
    const booked = [...began.booked, ...ended.booked];
    await settleCalls({ system: "test" }, { holdIds: began.holdIds, booked });
    await updateInstanceSettings(admin, { timeZone: "Asia/Shanghai" });
    expect(await callsBy("model")).toEqual({ "model-first": 1, "model-one": 0 });
  });
});

describe("what members pay by keys of their own", () => {
  it("is told apart from what the team pays, for admins and for themselves", async () => {
    await bookRequest({ userId: member.userId, at });
    await bookRequest({ userId: member.userId, at, payer: "member", currency: "USD" });
    await bookRequest({ userId: admin.userId, at });
    const costs = async (actor: Actor) => {
      const { rows } = await ask(actor, { groupBy: "payer" });
      return Object.fromEntries(rows.map(({ key, sums }) => [key, sums.costs]));
    };
    const yuan = (micros: number) => [{ currency: "CNY", micros }];
    const own = [{ currency: "USD", micros: 2_800 }];
    expect(await costs(admin)).toEqual({ team: yuan(5_600), member: own });
    expect(await costs(member)).toEqual({ team: yuan(2_800), member: own });
  });
});

describe("whose usage it is", () => {
  beforeEach(async () => {
    await bookRequest({ userId: admin.userId, at, conversationId: "conversation-a" });
    await bookRequest({ userId: member.userId, at, conversationId: "conversation-b" });
    await bookRequest({ userId: "somebody-gone", at, conversationId: "conversation-c" });
  });

  it("is a member's own, whatever they ask for", async () => {
    for (const query of [{}, { scope: "all" }, { userId: admin.userId }] as const) {
      const { rows, totals } = await ask(member, { groupBy: "user", ...query });
      expect(keysOf(rows)).toEqual([member.userId]);
      expect(totals.calls).toBe(1);
    }
  });

  it("is everybody's for an admin, or one's, or their own", async () => {
    const everybody = await ask(admin, { groupBy: "user" });
    expect(new Map(everybody.rows.map(({ key, label }) => [key, label]))).toEqual(
      new Map([
        [admin.userId, "Ada"],
        [member.userId, "Bo"],
        ["somebody-gone", null],
      ]),
    );
    const one = await ask(admin, { groupBy: "user", userId: member.userId });
    expect(keysOf(one.rows)).toEqual([member.userId]);
    const own = await ask(admin, { groupBy: "user", userId: member.userId, scope: "own" });
    expect(keysOf(own.rows)).toEqual([admin.userId]);
  });

  it("names conversations to their owner only, and only those that are still there", async () => {
    const conversation = (id: string, userId: string) =>
      db().conversation.create({ data: { id, userId, title: `Title of ${id}` } });
    await conversation("conversation-a", admin.userId);
    await conversation("conversation-b", member.userId);
    const labels = async (actor: Actor, query: Partial<UsageQuery> = {}) =>
      (await ask(actor, { groupBy: "conversation", ...query })).rows.map(({ label }) => label);
    expect(await labels(member)).toEqual(["Title of conversation-b"]);
    expect(await labels(admin, { userId: member.userId, scope: "all" })).toEqual([
      "Title of conversation-a",
    ]);
    await db().conversation.delete({ where: { id: "conversation-b" } });
    expect(await labels(member)).toEqual([null]);
  });

  it("is looked after by the query too, whatever a route let through", async () => {
    const where = { ...range, timeZone: "UTC" };
    const others = { ...where, userId: admin.userId };
    for (const more of [where, others])
      await expect(findUsageSums(member, "day", more)).rejects.toThrow("forbidden");
    const own = { ...where, userId: member.userId };
    await expect(findUsageSums(admin, "conversation", own)).rejects.toThrow("forbidden");
    expect(await findUsageSums(member, "conversation", own)).toHaveLength(1);
  });

  it("tells people of one name apart", async () => {
    const other = await makeUser({ name: "Bo", email: "other@example.com" });
    await bookRequest({ userId: other.userId, at });
    const { rows } = await ask(admin, { groupBy: "user" });
    expect(rows.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Bo (bo@example.com)", "Bo (other@example.com)", "Ada"]),
    );
  });
});

describe("a filter", () => {
  it.each([
    ["userId", { userId: "user-other" }],
    ["groupId", { groupIds: ["group-other"] }],
    ["modelId", { modelId: "model-other" }],
    ["providerId", { providerId: "provider-other" }],
    ["keyId", { keyId: "key-other-one" }],
    ["kind", { kind: "summary" }],
    ["paidBy", { payer: "member" }],
  ] as const)("by %s leaves only that, by day as by hour", async (field, request) => {
    await bookRequest({ userId: member.userId, at, groupIds: ["group-one"] });
    await bookRequest({ userId: member.userId, at, ...request, inputTokens: 7 } as never);
    const [value] = Object.values(request).flat();
    for (const groupBy of ["day", "hour", "model", "error"] as const) {
      const { rows, totals } = await ask(admin, { groupBy, [field]: value });
      expect(totals).toMatchObject({ calls: 1, inputTokens: 7 });
      expect(rows.filter(({ sums }) => sums.calls > 0)).toHaveLength(1);
    }
  });
});
