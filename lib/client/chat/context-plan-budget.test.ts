import { describe, expect, it } from "vitest";
import type { BudgetRefusal, BudgetStanding, TurnBudget } from "@/lib/contracts/budgets";
import { budgetWarningKey, findBudgetWarning } from "./context-plan-budget";

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
    expect(budgetWarningKey({ kind: "refused", refusal })).toBeNull();
  });
});
