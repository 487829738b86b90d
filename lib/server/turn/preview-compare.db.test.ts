import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planRequestSchema, type ContextPlanView } from "@/lib/contracts/context";
import { db } from "../db/client";
import { updateInstanceSettings } from "../db/settings";
import { newId } from "../ids";
import { previewPlan } from "./preview-plan";
import { useTurns } from "./testing-turns";

const { turns, useModel } = useTurns();

const admin = { system: "test" };
const dearByDefault = 30_000;
const maxOutputTokens = 1_000;
let first = "";
let second = "";

beforeEach(async () => {
  first = await useModel("plain");
  second = await offer("echo");
  await describeModel(first, { contextWindow: 64_000, maxOutputTokens });
  await describeModel(second, { contextWindow: 8_000, maxOutputTokens });
});

// They are kept in memory for a while.
afterEach(() =>
  updateInstanceSettings(admin, { dearTokens: dearByDefault, cnyPerUsdMicros: null }),
);

/** Offers one more model of the scripted provider. */
async function offer(name: string): Promise<string> {
  const { id: providerId } = await db().provider.findFirstOrThrow();
  const id = newId();
  await db().model.create({ data: { id, providerId, name, label: name } });
  const targets = { create: { modelId: id, position: 0 } };
  await db().alias.create({ data: { id, name, targets } });
  return id;
}

const describeModel = (
  id: string,
  data: { contextWindow?: number | null; maxOutputTokens?: number },
) => db().model.update({ where: { id }, data });

const setPrice = (modelId: string, currency: "CNY" | "USD" = "CNY") =>
  db().price.create({
    data: { id: newId(), modelId, currency, inputMicros: 2_000_000n, outputMicros: 8_000_000n },
  });

const preview = (request: object): Promise<ContextPlanView> =>
  previewPlan(turns.actor, newId(), planRequestSchema.parse({ text: "Hello", ...request }));

const ask = (text = "Hello") => preview({ text, compare: [first, second] });

const makeBudget = (limit: number, unit: "tokens" | "CNY" = "tokens") =>
  db().budget.create({
    data: {
      ...{ id: newId(), name: "Team", scope: "each_user", unit, period: "month", isHard: true },
      ...{ limitAmount: BigInt(limit), timeZone: "Asia/Shanghai" },
    },
  });

const sayBudgets = ({ sideBySide }: ContextPlanView) =>
  sideBySide.map(({ budget }) =>
    budget.refusal !== null ? "refused" : budget.limitedTo !== null ? "limited" : "whole",
  );

describe("a preview of several models side by side", () => {
  it("is the plan of the one whose window is the fullest, and names them all", async () => {
    const plan = await ask();
    expect(plan.model).toEqual({ id: second, label: "echo" });
    expect(plan.window).toBe(8_000);
    expect(plan.sideBySide).toMatchObject([
      { model: { id: first, label: "plain" }, window: 64_000, warnings: [], refusal: null },
      { model: { id: second, label: "echo" }, window: 8_000, warnings: [], refusal: null },
    ]);
    const { sideBySide, ...alone } = await preview({ model: second });
    expect(sideBySide).toEqual([]);
    expect({ ...plan, sideBySide: [] }).toEqual({ ...alone, sideBySide: [] });
  });

  it("costs as much as all of them, and what nobody knows where one has no price", async () => {
    await setPrice(first);
    expect((await ask()).cost).toBeNull();
    await setPrice(second);
    const { cost, sideBySide } = await ask();
    const [one, other] = sideBySide.map((each) => each.cost);
    expect(one?.inputMicros).toBeGreaterThan(0);
    expect(cost).toEqual({
      currency: "CNY",
      inputMicros: (one?.inputMicros ?? 0) + (other?.inputMicros ?? 0),
      mostMicros: (one?.mostMicros ?? 0) + (other?.mostMicros ?? 0),
    });
  });

  it("adds up no two currencies without the team's rate", async () => {
    await setPrice(first, "CNY");
    await setPrice(second, "USD");
    const without = await ask();
    expect(without.cost).toBeNull();
    expect(without.sideBySide.every(({ cost }) => cost !== null)).toBe(true);
    await updateInstanceSettings(admin, { cnyPerUsdMicros: 7_000_000 });
    expect((await ask()).cost).toMatchObject({ currency: "CNY", isConverted: true });
  });

  it("says for which of them there is something to be said", async () => {
    await describeModel(first, { contextWindow: null });
    const long = "A word or two. ".repeat(1_100);
    const plan = await ask(long);
    expect(plan.warnings).toEqual(["nearly_full", "window_unknown"]);
    expect(plan.sideBySide.map(({ warnings }) => warnings)).toEqual([
      ["window_unknown"],
      ["nearly_full"],
    ]);
  });

  it("is dear where all of them together are sent more than the admin calls dear", async () => {
    const { inputTokens } = await preview({ model: first, text: "word ".repeat(1_000) });
    await updateInstanceSettings(admin, { dearTokens: Math.ceil(inputTokens * 1.5) });
    expect((await preview({ model: first, text: "word ".repeat(1_000) })).warnings).toEqual([]);
    expect((await ask("word ".repeat(1_000))).warnings).toEqual(["dear"]);
  });

  it("says which of them it does not fit, and that the others take it", async () => {
    await describeModel(second, { contextWindow: 500, maxOutputTokens: 100 });
    const system = { systemPrompt: "Be brief. ".repeat(400) };
    const plan = await preview({ compare: [first, second], settings: system });
    expect(plan.model?.label).toBe("echo");
    expect(plan.refusal?.code).toBe("context_too_long");
    expect(plan.sideBySide.map(({ refusal }) => refusal?.code ?? null)).toEqual([
      null,
      "context_too_long",
    ]);
    expect(plan.largerModels).toEqual([]);
  });

  it("is nobody's where one of them is no longer on offer, as the turn would be", async () => {
    const plan = await preview({ compare: [first, newId()] });
    expect(plan).toMatchObject({ model: null, refusal: { code: "no_model" }, sideBySide: [] });
  });

  it("asks for no more than four, and no fewer than two", () => {
    const compare = (count: number) =>
      planRequestSchema.safeParse({ compare: Array.from({ length: count }, () => first) }).success;
    expect([1, 2, 4, 5].map(compare)).toEqual([false, true, true, false]);
  });
});

describe("the budgets of several models side by side", () => {
  it("have room for each of them, or only for the first, or for the second a shorter answer", async () => {
    const { refusal, limitedTo } = (await ask()).budget;
    expect([refusal, limitedTo]).toEqual([null, null]);
    const { id } = await makeBudget(100_000);
    expect(sayBudgets(await ask())).toEqual(["whole", "whole"]);
    await db().budget.update({ where: { id }, data: { limitAmount: 2_000n } });
    const short = await ask();
    expect(sayBudgets(short)).toEqual(["whole", "limited"]);
    expect(short.budget.limitedTo).toEqual(short.sideBySide[1]?.budget.limitedTo);
    await db().budget.update({ where: { id }, data: { limitAmount: 1_300n } });
    const refused = await ask();
    expect(sayBudgets(refused)).toEqual(["whole", "refused"]);
    // Nothing is held yet: what the first would take is no call under way.
    expect(refused.budget.refusal).toMatchObject({ budgetId: id, used: 0, held: 0 });
    expect((await preview({ model: second })).budget).toMatchObject({ refusal: null });
  });

  it("let a limit of a single call count for each by itself", async () => {
    const { id } = await makeBudget(1_300);
    await db().budget.update({ where: { id }, data: { period: "turn" } });
    expect(sayBudgets(await ask())).toEqual(["whole", "whole"]);
  });

  it("refuse the one of unknown price, and reserve nothing for it", async () => {
    await setPrice(second);
    await makeBudget(100_000, "CNY");
    const plan = await ask();
    expect(sayBudgets(plan)).toEqual(["refused", "whole"]);
    expect(plan.budget.refusal).toMatchObject({ reason: "unpriced" });
  });
});
