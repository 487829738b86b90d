import { describe, expect, it } from "vitest";
import { budgetCreateSchema } from "@/lib/contracts/budgets";
import { emptyBudget, findProblems, readLimit, toBudget, writeLimit } from "./budget-draft";

describe("the limit of a budget", () => {
  it("is money as people type it, or a whole number of tokens", () => {
    expect(readLimit("CNY", "12.50")).toBe(12_500_000);
    expect(readLimit("USD", "$1,200")).toBe(1_200_000_000);
    expect(readLimit("tokens", "1,000,000")).toBe(1_000_000);
  });

  it("is above zero, and no half of a token", () => {
    for (const text of ["", "0", "-1", "much", "1.5.2"]) expect(readLimit("CNY", text)).toBeNull();
    for (const text of ["", "0", "1.5"]) expect(readLimit("tokens", text)).toBeNull();
  });

  it("is written as it is read", () => {
    for (const [unit, limit] of [
      ["CNY", 12_500_000],
      ["USD", 1_000_001],
      ["tokens", 30_000],
    ] as const)
      expect(readLimit(unit, writeLimit(unit, limit))).toBe(limit);
  });
});

describe("a new budget", () => {
  const draft = { ...emptyBudget, name: "Team", limit: "200" };

  it("is what the server takes", () => {
    for (const given of [
      draft,
      { ...draft, scope: "group" as const, subjectId: "a-group-1" },
      { ...draft, unit: "tokens" as const, allowsUnpriced: true },
    ])
      expect(budgetCreateSchema.safeParse(toBudget(given)).success).toBe(true);
  });

  it("names nobody where it is for all, and somebody where it is for one", () => {
    expect(toBudget({ ...draft, subjectId: "left-over" })).not.toHaveProperty("subjectId");
    expect(toBudget({ ...draft, scope: "user" })).toBeNull();
  });

  it("lets only money pass for which there is no price", () => {
    expect(toBudget({ ...draft, unit: "tokens", allowsUnpriced: true })).toMatchObject({
      allowsUnpriced: false,
    });
  });

  it("says what is missing", () => {
    expect(findProblems(emptyBudget)).toEqual({ isNameMissing: true, isLimitWrong: true });
    expect(findProblems(draft)).toEqual({ isNameMissing: false, isLimitWrong: false });
    expect(toBudget({ ...draft, name: "  " })).toBeNull();
  });
});
