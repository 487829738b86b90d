import { describe, expect, it } from "vitest";
import { budgetCreateSchema, budgetPatchSchema, mostBudget } from "./budgets";

const budget = { name: "Team", scope: "instance", unit: "CNY", period: "month", limit: 1 };
const reads = (given: object) => budgetCreateSchema.safeParse({ ...budget, ...given }).success;

describe("a new budget", () => {
  it("is hard and lets no unknown price pass, unless that is said", () => {
    expect(budgetCreateSchema.parse(budget)).toMatchObject({ isHard: true, allowsUnpriced: false });
  });

  it("names a group or a person where it is for one, and only there", () => {
    expect(reads({ scope: "group" })).toBe(false);
    expect(reads({ scope: "group", subjectId: "a-group-1" })).toBe(true);
    expect(reads({ scope: "user", subjectId: "a-user-12" })).toBe(true);
    expect(reads({ scope: "each_user", subjectId: "a-user-12" })).toBe(false);
    expect(reads({ subjectId: "a-user-12" })).toBe(false);
  });

  it("has a whole limit above zero that a number can hold exactly", () => {
    for (const limit of [0, -1, 1.5, mostBudget + 1]) expect(reads({ limit })).toBe(false);
    expect(reads({ limit: mostBudget })).toBe(true);
    expect(Number.isSafeInteger(mostBudget)).toBe(true);
  });

  it("counts in money or tokens, and has a name", () => {
    expect(reads({ unit: "EUR" })).toBe(false);
    expect(reads({ period: "week" })).toBe(false);
    expect(reads({ name: "   " })).toBe(false);
  });
});

describe("a change of a budget", () => {
  it("leaves whom it covers and how it counts as they are", () => {
    for (const fixed of [
      { scope: "user" },
      { unit: "USD" },
      { period: "day" },
      { timeZone: "UTC" },
    ])
      expect(budgetPatchSchema.safeParse(fixed).success).toBe(false);
    expect(budgetPatchSchema.parse({ limit: 5 })).toEqual({ limit: 5 });
  });
});
