import { describe, expect, it } from "vitest";
import type { BudgetRefusal, BudgetStanding, TurnBudget } from "@/lib/contracts/budgets";
import { budgetWarningKey, findBudgetWarning as findFor } from "./context-plan-budget";

const standing = (used: number, more: Partial<BudgetStanding> = {}): BudgetStanding => ({
  ...{ budgetId: "b", name: "Team", scope: "instance", unit: "CNY", period: "month" },
  ...{ isHard: true, limit: 100, used, held: 0, isAbout: false, resetsAt: "2026-12-01T00:00:00Z" },
  ...more,
});
const { isHard: _, ...facts } = standing(90);
const refusal: BudgetRefusal = { ...facts, reason: "spent" };

const budget = (more: Partial<TurnBudget> = {}): TurnBudget => ({
  ...{ refusal: null, limitedTo: null, tightest: null },
  ...more,
});

const findBudgetWarning = (of: TurnBudget) => findFor(of, []);

/** One of several models, and what a budget says of its call. */
const compared = (label: string, more: Partial<TurnBudget> = {}) => ({
  ...{ model: { id: label, label }, budget: { refusal: null, limitedTo: null, ...more } },
});

describe("what is said of budgets before a turn", () => {
  it("is nothing without one, or with room", () => {
    expect(findBudgetWarning(budget())).toBeNull();
    expect(findBudgetWarning(budget({ tightest: standing(79, { held: 20 }) }))).toBeNull();
  });

  it("is first what would refuse it, then what keeps it short, then what runs out", () => {
    const limitedTo = { tokens: 487, budget: "Team" };
    const tightest = standing(80);
    expect(findBudgetWarning(budget({ refusal, limitedTo, tightest }))?.kind).toBe("refused");
    expect(findBudgetWarning(budget({ limitedTo, tightest }))).toEqual({
      kind: "limited",
      budget: "Team",
      tokens: 480,
      model: null,
    });
    expect(findBudgetWarning(budget({ tightest }))?.kind).toBe("near");
  });

  it("is nothing of a limit that no answer is likely to reach", () => {
    const limitedTo = { tokens: 12_000, budget: "Team" };
    expect(findBudgetWarning(budget({ limitedTo }))).toBeNull();
  });

  it("comes back in the next period, and once it is used up; a refusal stays", () => {
    const keyOf = (one: BudgetStanding) => budgetWarningKey({ kind: "near", standing: one });
    expect(keyOf(standing(80))).toBe(keyOf(standing(95)));
    expect(keyOf(standing(100))).not.toBe(keyOf(standing(95)));
    expect(keyOf(standing(80, { resetsAt: "2027-01-01T00:00:00Z" }))).not.toBe(keyOf(standing(80)));
    expect(budgetWarningKey({ kind: "refused", refusal, models: [], isWhole: true })).toBeNull();
  });

  it("names those of several models that would be refused, as long as others answer", () => {
    const models = [compared("A"), compared("B", { refusal }), compared("C", { refusal })];
    expect(findFor(budget({ refusal }), models)).toEqual({
      ...{ kind: "refused", refusal, models: ["B", "C"], isWhole: false },
    });
    const unpriced: BudgetRefusal = { ...refusal, reason: "unpriced" };
    const all = [compared("A", { refusal: unpriced }), compared("B", { refusal })];
    expect(findFor(budget({ refusal: unpriced }), all)).toMatchObject({
      ...{ models: ["A"], isWhole: true },
    });
  });

  it("names the one of several models that would be kept the shortest", () => {
    const limitedTo = { tokens: 487, budget: "Team" };
    const models = [
      compared("A", { limitedTo: { ...limitedTo, tokens: 900 } }),
      compared("B", { limitedTo }),
    ];
    expect(findFor(budget({ limitedTo }), models)).toMatchObject({ tokens: 480, model: "B" });
  });
});
