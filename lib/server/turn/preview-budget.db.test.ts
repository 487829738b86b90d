import { describe, expect, it } from "vitest";
import { planRequestSchema } from "@/lib/contracts/context";
import type { BudgetUnit } from "@/lib/contracts/budgets";
import { db } from "../db/client";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { readChunks, useTurns } from "./testing-turns";

const { turns, submit } = useTurns();

const preview = async (text: string, settings: object = {}) => {
  const request = planRequestSchema.parse({ text, settings });
  return (await previewPlan(turns.actor, newId(), request)).budget;
};

async function makeBudget(
  limit: number,
  given: { unit?: BudgetUnit; isHard?: boolean; name?: string; period?: string } = {},
) {
  const { unit = "tokens", isHard = true, name = "Team", period = "month" } = given;
  return db().budget.create({
    data: {
      ...{ id: newId(), name, scope: "each_user", unit, period, isHard },
      ...{ limitAmount: BigInt(limit), timeZone: "Asia/Shanghai" },
    },
  });
}

const setModel = (data: { contextWindow?: number; maxOutputTokens?: number }) =>
  db().model.updateMany({ data });

describe("before a turn is sent", () => {
  it("nothing is said where no budget covers it", async () => {
    expect(await preview("Hi")).toEqual({ refusal: null, limitedTo: null, tightest: null });
  });

  it("it is said which budget would refuse it, with what is left and when that ends", async () => {
    await setModel({ maxOutputTokens: 1_000 });
    const { id } = await makeBudget(200);
    const { refusal, limitedTo, tightest } = await preview("Hi");
    expect(refusal).toMatchObject({
      ...{ budgetId: id, reason: "spent", limit: 200, used: 0, held: 0, unit: "tokens" },
    });
    expect(new Date(refusal?.resetsAt ?? 0).getTime()).toBeGreaterThan(Date.now());
    expect(limitedTo).toBeNull();
    expect(tightest).toMatchObject({ budgetId: id, used: 0 });
  });

  it("it is said how short its answer would be kept, as the gate then does", async () => {
    await setModel({ maxOutputTokens: 1_000 });
    await makeBudget(700);
    const { limitedTo, refusal } = await preview("Hi");
    expect(refusal).toBeNull();
    expect(limitedTo?.budget).toBe("Team");
    const told = limitedTo?.tokens ?? 0;
    expect(told).toBeGreaterThan(300);
    expect(told).toBeLessThan(700);
    await readChunks(await submit(newId(), "Hi"));
    const { contextPlan } = await db().generation.findFirstOrThrow();
    expect(contextPlan).toMatchObject({ budgetLimit: { tokens: told, budget: "Team" } });
  });

  it("a model of unknown price is refused by a budget in money", async () => {
    await makeBudget(1_000_000, { unit: "CNY" });
    expect((await preview("Hi")).refusal).toMatchObject({ reason: "unpriced", unit: "CNY" });
  });

  it("one that only warns neither refuses nor keeps short", async () => {
    await makeBudget(10, { isHard: false });
    const { refusal, limitedTo, tightest } = await preview("Hi");
    expect([refusal, limitedTo]).toEqual([null, null]);
    expect(tightest).toMatchObject({ isHard: false, limit: 10 });
  });

  it("the budget of which the most is used stands for them all", async () => {
    const roomy = await makeBudget(1_000_000, { name: "Roomy" });
    const tight = await makeBudget(1_000_000, { name: "Tight" });
    for (const [budgetId, used] of [
      [roomy.id, 10n],
      [tight.id, 900_000n],
    ] as const)
      await db().budgetBalance.create({
        data: { budgetId, subjectId: turns.actor.userId, used, span: await spanOf() },
      });
    expect((await preview("Hi")).tightest).toMatchObject({ name: "Tight", used: 900_000 });
  });

  it("nothing is reserved or written", async () => {
    await makeBudget(100_000_000);
    await preview("Hi");
    expect(await db().hold.count()).toBe(0);
    expect(await db().budgetBalance.count()).toBe(0);
  });
});

async function spanOf(): Promise<string> {
  const [row] = await db().$queryRaw<{ span: string }[]>`
    SELECT to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS span`;
  return row?.span ?? "";
}
