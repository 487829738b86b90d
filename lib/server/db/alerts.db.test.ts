import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { deleteOldAlerts, findAlerts, markAlertsSeen, sendOutAlerts } from "./alerts";
import { db } from "./client";
import { holdBudgets } from "./hold-budgets";
import { makeAttempt, makeBudget, makeCall, settle } from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

const system = { system: "test" };
let admin: Actor;
let member: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin", name: "Grace" });
  member = await makeUser({ name: "Ada" });
});

/** Makes the member use so many tokens in one call. */
async function use(tokens: number): Promise<void> {
  const call = makeCall();
  await holdBudgets(member, call);
  const usage = { inputTokens: tokens, outputTokens: 0, source: "reported" } as const;
  await settle(member.userId, call.callId, [makeAttempt(call.callId, { usage })]);
}

const read = async (actor: Actor) => findAlerts(actor, { limit: 100 });
const marksOf = async (actor: Actor) =>
  (await read(actor)).alerts.map(({ facts }) => (facts.kind === "budget" ? facts.percent : null));

const soft = { unit: "tokens", isHard: false } as const;

describe("alerts on a budget", () => {
  it("come at 50, 80 and 100 %, once each, with the figures of that moment", async () => {
    await makeBudget(10_000, { ...soft, scope: "user", subjectId: member.userId });
    for (let call = 0; call < 14; call += 1) await use(1_000);
    expect(await marksOf(admin)).toEqual([100, 80, 50]);
    const [newest] = (await read(admin)).alerts;
    expect(newest?.facts).toEqual({
      ...{ kind: "budget", name: "Team", scope: "user", unit: "tokens", percent: 100 },
      ...{ limit: 10_000, used: 10_000, isHard: false },
      budgetId: expect.any(String) as string,
      subjectId: member.userId,
      subjectName: "Ada",
      span: expect.stringMatching(/^\d{4}-\d{2}$/) as string,
    });
  });

  it("that come at once are shown as the highest", async () => {
    await makeBudget(10_000, soft);
    await use(4_000);
    await use(6_000);
    expect(await db().alert.count()).toBe(3);
    expect(await marksOf(admin)).toEqual([100]);
    expect((await read(admin)).newCount).toBe(1);
  });

  it("come when somebody runs into a limit, not while the rest is only held", async () => {
    await makeBudget(2_500, { unit: "tokens" });
    const call = makeCall();
    expect(await holdBudgets(member, call)).toMatchObject({ isHeld: true });
    expect(await holdBudgets(member, makeCall())).toMatchObject({ isHeld: false });
    expect(await marksOf(admin)).toEqual([]);
    const usage = { inputTokens: 2_100, outputTokens: 0, source: "reported" } as const;
    await settle(member.userId, call.callId, [makeAttempt(call.callId, { usage })]);
    expect(await marksOf(admin)).toEqual([80]);
    for (let time = 0; time < 2; time += 1)
      expect(await holdBudgets(member, makeCall())).toMatchObject({ isHeld: false });
    expect(await marksOf(admin)).toEqual([100, 80]);
  });

  it("are an admin's, and the member's whose own the budget is", async () => {
    const other = await makeUser({ name: "Mallory" });
    await makeBudget(1_000, { ...soft, scope: "each_user" });
    await makeBudget(1_000, soft);
    await use(900);
    expect(await read(admin)).toMatchObject({ newCount: 2 });
    expect(await read(member)).toMatchObject({
      newCount: 1,
      alerts: [{ facts: { scope: "each_user", subjectId: member.userId } }],
    });
    expect(await read(other)).toEqual({ alerts: [], newCount: 0, before: null });
  });

  it("name the group as it is called now, and nobody once it is gone", async () => {
    const subjectId = "a-group-of-people";
    const { userId } = member;
    await db().group.create({
      data: { id: subjectId, name: "Lab", members: { create: { userId } } },
    });
    await makeBudget(1_000, { ...soft, scope: "group", subjectId });
    await use(600);
    await db().group.update({ where: { id: subjectId }, data: { name: "Laboratory" } });
    expect((await read(admin)).alerts).toMatchObject([{ facts: { subjectName: "Laboratory" } }]);
    expect((await read(member)).alerts).toEqual([]);
    await db().group.delete({ where: { id: subjectId } });
    expect((await read(admin)).alerts).toMatchObject([{ facts: { subjectName: null } }]);
  });

  it("reach whoever sees them: admins and the member, and once", async () => {
    const gone = await makeUser({ role: "admin" });
    await db().user.update({ where: { id: gone.userId }, data: { isActive: false } });
    await makeUser();
    await makeBudget(1_000, { ...soft, scope: "each_user" });
    await use(600);
    const told = await Promise.all([1, 2, 3].map(() => sendOutAlerts(system, { canMail: false })));
    expect(told.flat().sort()).toEqual([admin.userId, member.userId].sort());
    expect(await sendOutAlerts(system, { canMail: false })).toEqual([]);
  });
});

describe("the list of alerts", () => {
  beforeEach(async () => {
    for (const name of ["one", "two", "three"]) {
      await makeBudget(1_000, { ...soft, scope: "each_user" });
      await db().budget.updateMany({ where: { name: "Team" }, data: { name } });
      await use(600);
      await db().budget.updateMany({ data: { isEnabled: false } });
    }
  });

  it("comes in pages, the newest first", async () => {
    const first = await findAlerts(admin, { limit: 2 });
    const rest = await findAlerts(admin, { limit: 2, before: first.before ?? "" });
    const names = [...first.alerts, ...rest.alerts].map(({ facts }) =>
      facts.kind === "budget" ? facts.name : "",
    );
    expect(names).toEqual(["three", "two", "one"]);
    expect([first.newCount, rest.newCount, rest.before]).toEqual([3, 3, null]);
  });

  it("knows what is new for each who looks, until they have looked", async () => {
    await markAlertsSeen(member);
    expect(await read(member)).toMatchObject({
      newCount: 0,
      alerts: Array(3).fill({ isNew: false }),
    });
    expect(await read(admin)).toMatchObject({
      newCount: 3,
      alerts: Array(3).fill({ isNew: true }),
    });
  });

  it("is no news to somebody who joined later", async () => {
    const late = await makeUser({ role: "admin" });
    expect(await read(late)).toMatchObject({
      newCount: 0,
      alerts: Array(3).fill({ isNew: false }),
    });
  });

  it("passes over what another version wrote", async () => {
    await db().alert.create({
      data: { id: "from-tomorrow", kind: "weather", onceKey: "w", facts: { rain: true } },
    });
    expect((await read(admin)).alerts).toHaveLength(3);
  });

  it("forgets what is old, and the log of deliveries sooner", async () => {
    await db().$executeRaw`UPDATE alerts SET created_at = now() - interval '181 days'
      WHERE facts->>'name' = 'one'`;
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await deleteOldAlerts(system, { alertsBefore: daysAgo(180), deliveriesBefore: daysAgo(30) });
    expect((await read(admin)).alerts).toHaveLength(2);
  });
});
