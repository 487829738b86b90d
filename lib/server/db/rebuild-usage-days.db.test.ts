import { beforeEach, describe, expect, inject, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { db } from "./client";
import { rebuildUsageDays } from "./rebuild-usage-days";
import { getInstanceSettings, updateInstanceSettings } from "./settings";
import { settleStatements } from "./settle-calls";
import { bookRequest, holdRequest } from "./testing-books";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const hasConnections = inject("databaseTemplate").kind !== "pglite";

let admin: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin" });
});

const book = (time: string, given: Partial<Parameters<typeof bookRequest>[0]> = {}) =>
  bookRequest({ userId: "user-one", at: new Date(time), ...given });

async function findDays() {
  const rows = await db().usageDay.findMany({ orderBy: { day: "asc" } });
  return rows.map((row) => [row.day.toISOString().slice(0, 10), Number(row.attempts)]);
}

/** Days of usage_days and of the ledger in the time zone that is set. */
async function findBoth() {
  const { timeZone } = await getInstanceSettings();
  const [rolled, booked] = await Promise.all([
    db().$queryRaw`
      SELECT day::text, sum(attempts)::int AS attempts, sum(input_tokens)::int AS tokens
      FROM usage_days GROUP BY day ORDER BY day`,
    db().$queryRaw`
      SELECT (occurred_at AT TIME ZONE ${timeZone})::date::text AS day, count(*)::int AS attempts,
        sum(input_tokens)::int AS tokens
      FROM ledger GROUP BY 1 ORDER BY 1`,
  ]);
  return { rolled, booked };
}

async function countWaiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE NOT granted AND relation = 'ledger'::regclass
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  return row?.count ?? 0;
}

describe("a change of the team's time zone", () => {
  it("moves what was used to the days that it is of there", async () => {
    await book("2026-11-09T15:59:59Z");
    await book("2026-11-09T16:00:00Z");
    await book("2026-11-10T03:00:00Z");
    expect(await findDays()).toEqual([
      ["2026-11-09", 2],
      ["2026-11-10", 1],
    ]);
    await updateInstanceSettings(admin, { timeZone: "Asia/Shanghai" });
    expect(await findDays()).toEqual([
      ["2026-11-09", 1],
      ["2026-11-10", 2],
    ]);
    await updateInstanceSettings(admin, { timeZone: "America/New_York" });
    expect(await findDays()).toEqual([["2026-11-09", 3]]);
    expect((await getInstanceSettings()).timeZone).toBe("America/New_York");
  });

  it("keeps who used what, and with which key, groups, model, kind and price", async () => {
    const given = { groupIds: ["group-a", "group-b"], keyId: "key-one", kind: "summary" as const };
    await book("2026-11-09T12:00:00Z", { ...given, currency: "USD", isEstimated: true });
    await book("2026-11-09T12:00:00Z", { errorCode: "provider_timeout", currency: null });
    const lost = await book("2026-11-09T12:00:00Z", { isProvisional: true, inputTokens: 9 });
    await book("2026-11-09T12:00:00Z", { callId: lost });
    const orderBy = [{ kind: "asc" as const }, { errorCode: "asc" as const }];
    const before = await db().usageDay.findMany({ orderBy });
    expect(before).toHaveLength(3);
    await updateInstanceSettings(admin, { timeZone: "Europe/Berlin" });
    expect(await db().usageDay.findMany({ orderBy })).toEqual(before);
  });

  it("puts what is settled later on its own day too", async () => {
    const callId = await book("2026-11-09T20:00:00Z", { isProvisional: true, inputTokens: 5 });
    await updateInstanceSettings(admin, { timeZone: "Asia/Shanghai" });
    await book("2026-11-12T20:00:00Z", { callId, inputTokens: 700 });
    const [day, ...others] = (await db().usageDay.findMany()).filter((it) => it.attempts > 0n);
    expect(others).toEqual([]);
    expect(day).toMatchObject({ day: new Date("2026-11-10"), attempts: 1n, inputTokens: 700n });
  });

  it("loses nothing that is booked meanwhile, whoever else changes it", async () => {
    const zones = ["Asia/Shanghai", "America/New_York", "Asia/Kolkata", "UTC"];
    const hours = Array.from({ length: 40 }, (_, hour) => hour);
    const bookings = hours.map(async (hour) =>
      book(new Date(Date.UTC(2026, 10, 9, hour)).toISOString(), { inputTokens: hour }),
    );
    const changes = zones.map((timeZone) => rebuildUsageDays(admin, timeZone));
    await Promise.all([...bookings, ...changes]);
    // Whichever came last.
    const [row] = await db().setting.findMany({ where: { key: "timeZone" } });
    await updateInstanceSettings(admin, { dearTokens: 2_000 });
    expect((await getInstanceSettings()).timeZone).toBe(row?.value);
    const { rolled, booked } = await findBoth();
    expect(rolled).toEqual(booked);
    expect(await db().ledgerEntry.count()).toBe(40);
  });

  // Only a server has two connections that can be in each other's way.
  if (hasConnections)
    it("waits for whoever is about to book", async () => {
      const settlement = await holdRequest({
        userId: "user-one",
        at: new Date("2026-11-09T20:00Z"),
      });
      const changed = await db().$transaction(async (tx) => {
        for (const statement of settleStatements(settlement)) await tx.$executeRaw(statement);
        const change = { isThrough: false, run: rebuildUsageDays(admin, "Asia/Shanghai") };
        void change.run.then(() => (change.isThrough = true));
        await expect.poll(async () => change.isThrough || (await countWaiting()) > 0).toBe(true);
        return change;
      });
      await changed.run;
      expect(await findDays()).toEqual([["2026-11-10", 1]]);
    });

  it("is not for members", async () => {
    const member = await makeUser();
    await expect(rebuildUsageDays(member, "Asia/Shanghai")).rejects.toThrow("forbidden");
    expect(await db().setting.count()).toBe(0);
  });
});
