import { beforeEach, describe, expect, it } from "vitest";
import type { PriceVersion } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { newId } from "../ids";
import { createBudget, deleteBudget, findBudgets, updateBudget } from "./budgets";
import { db } from "./client";
import { createGroup, updateGroup } from "./groups";
import { holdBudgets, type BudgetHold } from "./hold-budgets";
import { findOwnBudgets } from "./own-budgets";
import { updateInstanceSettings } from "./settings";
import { makeAttempt, makeCall, settle as settleFor, testPrice } from "./testing-holds";
import { makeUser, useTestDatabase } from "./testing";

useTestDatabase();

let admin: Actor;
let mia: Actor;
let bob: Actor;
beforeEach(async () => {
  admin = await makeUser({ role: "admin", name: "Ada" });
  mia = await makeUser({ name: "Mia" });
  bob = await makeUser({ name: "Bob" });
});

const dollars: PriceVersion = { ...testPrice, currency: "USD" };

const settle = (
  { userId }: Actor,
  callId: string,
  given: Partial<CallAttempt> = {},
  isProvisional = false,
) => settleFor(userId, callId, [makeAttempt(callId, given)], { isProvisional });

/** 2,600 micro-units, or 1,000 tokens. */
async function use(
  actor: Actor,
  given: Partial<CallAttempt> = {},
  rateMicros: number | null = null,
) {
  const call = makeCall({ price: given.price ?? testPrice, rateMicros });
  await holdBudgets(actor, call);
  await settle(actor, call.callId, given);
}

const make = (given: object = {}) =>
  createBudget(admin, {
    ...{ name: "Team", scope: "instance", unit: "CNY", period: "month", limit: 100_000 },
    ...{ isHard: true, allowsUnpriced: false },
    ...given,
  });

const sharesOf = async (id: string) => {
  const budget = (await findBudgets(admin)).find((one) => one.id === id);
  return budget?.shares.map(({ name, used, held }) => [name, used, held]);
};

const mostOf = (hold: BudgetHold) => (hold.isHeld ? hold.mostTokens : null);

describe("a budget that begins in the midst of its period", () => {
  it("counts what was used of it, and what is under way", async () => {
    await use(mia);
    const call = makeCall();
    await holdBudgets(bob, call);
    const { id } = await make();
    expect(await sharesOf(id)).toEqual([[null, 2_600, 10_000]]);
    await settle(bob, call.callId);
    expect(await sharesOf(id)).toEqual([[null, 5_200, 0]]);
  });

  it("leaves no gap while calls begin and end at the same moment", async () => {
    const calls = Array.from({ length: 24 }, (_, at) => ({
      actor: at % 2 === 0 ? mia : bob,
      call: makeCall(),
    }));
    const early = calls.slice(0, 12);
    await Promise.all(early.map(({ actor, call }) => holdBudgets(actor, call)));
    const run = ({ actor, call }: (typeof calls)[number]) => settle(actor, call.callId);
    const [{ id }, perHead] = await Promise.all([
      make({ limit: 10_000_000 }),
      make({ scope: "each_user", unit: "tokens", period: "day", limit: 10_000_000 }),
      ...early.map(run),
      ...calls.slice(12).map(async (one) => {
        await holdBudgets(one.actor, one.call);
        await run(one);
      }),
    ]);
    expect(await sharesOf(id)).toEqual([[null, 24 * 2_600, 0]]);
    expect((await sharesOf(perHead.id))?.toSorted()).toEqual([
      ["Bob", 12_000, 0],
      ["Mia", 12_000, 0],
    ]);
  });

  it("counts for each user by themselves, for one user, and for a group", async () => {
    const { id: groupId } = await createGroup(admin, { name: "Lab", memberIds: [bob.userId] });
    await use(mia);
    await use(bob);
    await use(bob);
    const each = await make({ scope: "each_user" });
    const own = await make({ scope: "user", subjectId: mia.userId });
    const group = await make({ scope: "group", subjectId: groupId, unit: "tokens" });
    expect(await sharesOf(each.id)).toEqual([
      ["Bob", 5_200, 0],
      ["Mia", 2_600, 0],
    ]);
    expect(await sharesOf(own.id)).toEqual([["Mia", 2_600, 0]]);
    expect(await sharesOf(group.id)).toEqual([["Lab", 2_000, 0]]);
  });

  it("leaves out what members paid themselves, and what belongs to another period", async () => {
    await use(mia, { payer: "member" });
    const call = makeCall();
    await holdBudgets(mia, call);
    const before = new Date(Date.now() - 40 * 24 * 3_600_000);
    await db().hold.update({ where: { id: call.callId }, data: { createdAt: before } });
    const { id } = await make();
    const all = await make({ period: "once" });
    expect(await sharesOf(id)).toEqual([]);
    expect(await sharesOf(all.id)).toEqual([[null, 0, 10_000]]);
    await settle(mia, call.callId);
    expect(await sharesOf(id)).toEqual([]);
    expect(await sharesOf(all.id)).toEqual([[null, 2_600, 0]]);
  });

  it("converts the other currency at the rate of the call, and today's where that is not known", async () => {
    await updateInstanceSettings(admin, { cnyPerUsdMicros: 7_000_000 });
    await use(mia, { price: dollars }, 6_000_000);
    const forgotten = newId();
    await settle(mia, forgotten, { price: dollars });
    const { id } = await make();
    const other = await make({ unit: "USD" });
    expect(await sharesOf(id)).toEqual([[null, 2_600 * 6 + 2_600 * 7, 0]]);
    expect(await sharesOf(other.id)).toEqual([[null, 5_200, 0]]);
  });

  it("takes what is corrected later", async () => {
    const call = makeCall();
    await holdBudgets(mia, call);
    const guess = { inputTokens: 1_000, outputTokens: 0, source: "estimated" } as const;
    await settle(mia, call.callId, { usage: guess }, true);
    const { id } = await make();
    expect(await sharesOf(id)).toEqual([[null, 2_000, 0]]);
    await settle(mia, call.callId);
    expect(await sharesOf(id)).toEqual([[null, 2_600, 0]]);
  });

  it("counts anew when it is taken into use again", async () => {
    const { id } = await make();
    const call = makeCall();
    await holdBudgets(mia, call);
    await updateBudget(admin, id, { isEnabled: false });
    await use(bob);
    await settle(mia, call.callId);
    const open = makeCall();
    await holdBudgets(bob, open);
    await updateBudget(admin, id, { isEnabled: true });
    expect(await sharesOf(id)).toEqual([[null, 5_200, 10_000]]);
    await settle(bob, open.callId);
    expect(await sharesOf(id)).toEqual([[null, 7_800, 0]]);
  });

  it("tells at once that it is used up already", async () => {
    await use(mia);
    await make({ limit: 3_000 });
    const [alert, ...others] = await db().alert.findMany();
    expect(others).toEqual([]);
    expect(alert?.facts).toMatchObject({ percent: 80, used: 2_600, limit: 3_000 });
  });

  it("of single calls counts nothing, and limits each", async () => {
    await use(mia);
    const { id } = await make({ period: "turn", limit: 6_000 });
    expect(await sharesOf(id)).toEqual([]);
    expect(mostOf(await holdBudgets(mia, makeCall()))).toBe(500);
    expect(mostOf(await holdBudgets(mia, makeCall()))).toBe(500);
  });
});

describe("a budget that is changed", () => {
  it("refuses once its limit is lower than what is used, and lets pass when it is raised", async () => {
    const { id } = await make();
    await use(mia);
    await updateBudget(admin, id, { limit: 2_000 });
    expect(await holdBudgets(mia, makeCall())).toMatchObject({
      isHeld: false,
      refusal: { budgetId: id, limit: 2_000, used: 2_600 },
    });
    await updateBudget(admin, id, { limit: 50_000, name: "More" });
    expect(mostOf(await holdBudgets(mia, makeCall()))).toBe(1_000);
    expect(await sharesOf(id)).toEqual([[null, 2_600, 10_000]]);
  });

  it("only warns once it is soft", async () => {
    const { id } = await make({ limit: 100 });
    expect(mostOf(await holdBudgets(mia, makeCall()))).toBeNull();
    await updateBudget(admin, id, { isHard: false });
    expect(mostOf(await holdBudgets(mia, makeCall()))).toBe(1_000);
  });

  it("is gone with what was counted for it, and the ledger stays", async () => {
    const { id } = await make();
    await use(mia);
    await deleteBudget(admin, id);
    expect(await findBudgets(admin)).toEqual([]);
    expect(await db().budgetBalance.count()).toBe(0);
    expect(await db().ledgerEntry.count()).toBe(1);
    await expect(deleteBudget(admin, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateBudget(admin, id, { limit: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("may go while calls begin and end", async () => {
    const ids = await Promise.all([make(), make({ unit: "tokens" }), make({ scope: "each_user" })]);
    await Promise.all([
      ...Array.from({ length: 20 }, () => use(mia)),
      ...ids.map(({ id }) => deleteBudget(admin, id)),
      ...Array.from({ length: 20 }, () => use(bob)),
    ]);
    expect(await db().ledgerEntry.count()).toBe(40);
    expect(await db().budgetBalance.count()).toBe(0);
    expect(await db().hold.count({ where: { endedAt: null } })).toBe(0);
  });

  it("begins anew with the next period", async () => {
    const { id } = await make({ period: "day" });
    await use(mia);
    await db().$executeRaw`UPDATE budget_balances SET span = '2026-01-01'`;
    expect(await sharesOf(id)).toEqual([]);
    expect(await findOwnBudgets(mia)).toMatchObject([{ used: 0, held: 0 }]);
    await use(mia);
    expect(await sharesOf(id)).toEqual([[null, 2_600, 0]]);
  });

  it("is an admin's to make, and names somebody who is there", async () => {
    await expect(findBudgets(mia)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateBudget(mia, newId(), {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteBudget(mia, newId())).rejects.toMatchObject({ code: "forbidden" });
    for (const scope of ["user", "group"])
      await expect(make({ scope, subjectId: newId() })).rejects.toMatchObject({
        code: "not_found",
      });
    expect(await db().budget.count()).toBe(0);
  });
});

describe("one's own budgets", () => {
  it("are those that cover one now, with nothing used where nothing was", async () => {
    const { id: groupId } = await createGroup(admin, { name: "Lab", memberIds: [bob.userId] });
    await make({ name: "All" });
    await make({ name: "Off" });
    await make({ name: "Each", scope: "each_user" });
    await make({ name: "Lab", scope: "group", subjectId: groupId });
    await make({ name: "Mia’s", scope: "user", subjectId: mia.userId });
    const off = (await findBudgets(admin)).find(({ name }) => name === "Off");
    await updateBudget(admin, off?.id ?? "", { isEnabled: false });
    await use(bob);
    const namesOf = async (actor: Actor) =>
      (await findOwnBudgets(actor)).map(({ name, used }) => [name, used]);
    expect(await namesOf(mia)).toEqual([
      ["All", 2_600],
      ["Each", 0],
      ["Mia’s", 0],
    ]);
    expect(await namesOf(bob)).toEqual([
      ["All", 2_600],
      ["Each", 2_600],
      ["Lab", 2_600],
    ]);
  });

  it("follow who is in a group; what was used in it stays there", async () => {
    const { id: groupId } = await createGroup(admin, { name: "Lab", memberIds: [mia.userId] });
    const { id } = await make({ scope: "group", subjectId: groupId });
    await use(mia);
    await updateGroup(admin, groupId, { remove: [mia.userId], add: [bob.userId, bob.userId] });
    await use(mia);
    await use(bob);
    expect(await sharesOf(id)).toEqual([["Lab", 5_200, 0]]);
    expect(await findOwnBudgets(mia)).toEqual([]);
  });
});
