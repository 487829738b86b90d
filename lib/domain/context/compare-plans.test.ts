import { describe, expect, it } from "vitest";
import type { PlanCost } from "@/lib/contracts/context";
import { findFullest, sumPlanCosts } from "./compare-plans";

const plan = (window: number | null, inputTokens: number) => ({
  ...{ window, inputTokens, parts: { reply: 1_000 } },
});

describe("of several plans", () => {
  it("the fullest is the one with the least of its window left, not the one that sends the most", () => {
    const [large, small, unknown] = [plan(100_000, 9_000), plan(8_000, 3_000), plan(null, 9_000)];
    expect(findFullest([large, small, unknown])).toBe(small);
    expect(findFullest([unknown, large])).toBe(large);
  });

  it("the first stands for those that are alike, and without windows the one that sends the most", () => {
    const [one, two] = [plan(8_000, 3_000), plan(8_000, 3_000)];
    expect(findFullest([one, two])).toBe(one);
    const longer = plan(null, 200);
    expect(findFullest([plan(null, 100), longer])).toBe(longer);
  });
});

describe("the cost of several calls", () => {
  const cost = (currency: "CNY" | "USD", inputMicros: number, mostMicros: number): PlanCost => ({
    ...{ currency, inputMicros, mostMicros },
  });
  const without = { currency: "CNY", cnyPerUsdMicros: null } as const;

  it("is their sum, and unknown where one is", () => {
    expect(sumPlanCosts([cost("USD", 1, 20), cost("USD", 2, 30)], without)).toEqual(
      cost("USD", 3, 50),
    );
    expect(sumPlanCosts([cost("USD", 1, 20), null], without)).toBeNull();
    expect(sumPlanCosts([], without)).toBeNull();
  });

  it("in two currencies takes a rate, and says that it was converted", () => {
    const mixed = [cost("CNY", 1_000, 2_000), cost("USD", 100, 200)];
    expect(sumPlanCosts(mixed, without)).toBeNull();
    const cnyPerUsdMicros = 7_200_000;
    expect(sumPlanCosts(mixed, { currency: "CNY", cnyPerUsdMicros })).toEqual({
      ...cost("CNY", 1_720, 3_440),
      isConverted: true,
    });
    expect(sumPlanCosts(mixed, { currency: "USD", cnyPerUsdMicros })).toEqual({
      ...cost("USD", 239, 478),
      isConverted: true,
    });
  });
});
