import { describe, expect, it } from "vitest";
import { priceTurn, type TurnToPrice } from "./plan-cost";

const same = { cachedInputMicros: null, reasoningMicros: null };
const yuan = {
  currency: "CNY" as const,
  inputMicros: 2_000_000,
  outputMicros: 8_000_000,
  ...same,
};

const turn = (inputTokens: number, mostOutputTokens: number, more: Partial<TurnToPrice> = {}) => ({
  inputTokens,
  mostInputTokens: inputTokens,
  mostOutputTokens,
  answers: 1,
  requests: 1,
  ...more,
});

describe("priceTurn", () => {
  it("is the input's cost, and with the longest answer the most", () => {
    expect(priceTurn(yuan, turn(1_000, 500))).toEqual({
      currency: "CNY",
      inputMicros: 2_000,
      mostMicros: 6_000,
    });
  });

  it("is more with several answers: of one request only these, of several the prompt too", () => {
    expect(priceTurn(yuan, turn(1_000, 500, { answers: 3 }))).toMatchObject({
      inputMicros: 2_000,
      mostMicros: 14_000,
    });
    expect(priceTurn(yuan, turn(1_000, 500, { requests: 3 }))).toMatchObject({
      inputMicros: 6_000,
      mostMicros: 18_000,
    });
  });

  it("takes for the most what the prompt may count at most, and the dearest of each price", () => {
    const dear = { ...yuan, cachedInputMicros: 3_000_000, reasoningMicros: 9_000_000 };
    expect(priceTurn(dear, turn(1_000, 500, { mostInputTokens: 1_100 }))).toMatchObject({
      inputMicros: 2_000,
      mostMicros: 7_800,
    });
  });

  it("rounds half up, once for each request", () => {
    const price = {
      currency: "USD" as const,
      inputMicros: 500_000,
      outputMicros: 500_000,
      ...same,
    };
    expect(priceTurn(price, turn(1, 1))).toMatchObject({ inputMicros: 1, mostMicros: 1 });
    expect(priceTurn(price, turn(2, 1))).toMatchObject({ inputMicros: 1, mostMicros: 2 });
    expect(priceTurn(price, turn(1, 1, { requests: 2 }))).toMatchObject({ inputMicros: 2 });
  });

  it("is unknown without a price", () => {
    expect(priceTurn(null, turn(1, 1))).toBeNull();
  });
});
