import { describe, expect, it } from "vitest";
import type { ComparedPlan, ContextPlanView } from "@/lib/contracts/context";
import {
  countSent,
  findConcerned,
  findCostGap,
  findRefused,
  isTooLong,
} from "./context-plan-compared";
import { testPlan } from "./testing-plan";

const refusal: ContextPlanView["refusal"] = { code: "context_too_long", details: {} };

const compared = (label: string, more: Partial<ComparedPlan> = {}): ComparedPlan => ({
  ...{ model: { id: label, label }, window: 8_000, inputTokens: 1_000, warnings: [] },
  ...{ cost: null, refusal: null, budget: { refusal: null, limitedTo: null }, ...more },
});

const labelsOf = (models: readonly ComparedPlan[]) => models.map(({ model }) => model.label);

describe("the plan of one model", () => {
  it("is refused as a whole, and names nobody", () => {
    expect(isTooLong(testPlan())).toBe(false);
    expect(isTooLong(testPlan({ refusal }))).toBe(true);
    expect(isTooLong(testPlan({ refusal: { code: "no_model", details: {} } }))).toBe(false);
    expect(findRefused(testPlan({ refusal }))).toEqual([]);
    expect(findConcerned(testPlan({ warnings: ["forgetting"] }), "forgetting")).toEqual([]);
    expect(countSent(testPlan(), 1_300)).toBe(1_300);
    expect(findCostGap(testPlan())).toBe("price");
  });
});

describe("the plan of several models", () => {
  it("can be sent as long as one of them takes it", () => {
    const some = testPlan({ refusal, sideBySide: [compared("A", { refusal }), compared("B")] });
    expect(isTooLong(some)).toBe(false);
    expect(labelsOf(findRefused(some))).toEqual(["A"]);
    expect(isTooLong(testPlan({ refusal, sideBySide: [compared("A", { refusal })] }))).toBe(true);
  });

  it("warns of those that a warning is about", () => {
    const sideBySide = [compared("A"), compared("B", { warnings: ["forgetting"] })];
    const plan = testPlan({ warnings: ["forgetting"], sideBySide });
    expect(labelsOf(findConcerned(plan, "forgetting"))).toEqual(["B"]);
    expect(findConcerned(plan, "dear")).toEqual([]);
  });

  it("sends each of them what is typed", () => {
    const sideBySide = [compared("A"), compared("B", { inputTokens: 1_100 })];
    expect(countSent(testPlan({ sideBySide }), 1_150)).toBe(2_200);
  });

  it("has no cost where a price is missing, or where currencies can't be added up", () => {
    const cost = { currency: "CNY", inputMicros: 1, mostMicros: 2 } as const;
    const priced = compared("A", { cost });
    expect(findCostGap(testPlan({ sideBySide: [priced, compared("B")] }))).toBe("price");
    expect(findCostGap(testPlan({ sideBySide: [priced, priced] }))).toBe("currency");
  });
});
