import { describe, expect, it } from "vitest";
import { showPlan } from "./context-plan-shown";
import { testPlan } from "./testing-plan";

describe("a plan with what was typed since", () => {
  it("is the plan's own where nothing was, by the real window with the room for the answer", () => {
    const plan = testPlan();
    expect(showPlan(plan, 0)).toEqual({
      window: 8_000,
      parts: plan.parts,
      inputTokens: 1_100,
      usedShare: 3_100 / 8_000,
      cost: plan.cost,
      isAbout: false,
    });
  });

  it("adds the draft, and what it costs", () => {
    const { parts, inputTokens, cost, isAbout } = showPlan(testPlan(), 900);
    expect(parts).toMatchObject({ draft: 900, history: 1_000, free: 4_000 });
    expect(inputTokens).toBe(2_000);
    expect(cost).toEqual({ currency: "CNY", inputMicros: 2_000, mostMicros: 10_000 });
    expect(isAbout).toBe(true);
  });

  it("goes on saying that a cost was converted", () => {
    const cost = {
      currency: "CNY",
      inputMicros: 1_100,
      mostMicros: 9_100,
      isConverted: true,
    } as const;
    expect(showPlan(testPlan({ cost }), 900).cost).toMatchObject({ isConverted: true });
  });

  it("a draft that takes more than is free takes it from the history, and then shows it", () => {
    const crowded = showPlan(testPlan(), 5_500);
    expect(crowded.parts).toMatchObject({ history: 400, free: 0 });
    expect(crowded.usedShare).toBe(1);
    const over = showPlan(testPlan(), 9_000);
    expect(over.parts).toMatchObject({ history: 0, free: -3_100 });
    expect(over.usedShare).toBe(1);
  });

  it("has no share of a window that nobody knows, and no cost without a price", () => {
    const parts = { ...testPlan().parts, free: null };
    const shown = showPlan(testPlan({ window: null, parts, cost: null, surety: "estimated" }), 10);
    expect(shown).toMatchObject({ usedShare: null, cost: null, isAbout: true });
    expect(shown.parts.free).toBeNull();
  });
});
