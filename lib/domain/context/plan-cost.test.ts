import { describe, expect, it } from "vitest";
import { priceTurn } from "./plan-cost";

describe("priceTurn", () => {
  it("is the input's cost, and with the longest answer the most", () => {
    const price = { currency: "CNY" as const, inputMicros: 2_000_000, outputMicros: 8_000_000 };
    expect(priceTurn(price, 1_000, 500)).toEqual({
      currency: "CNY",
      inputMicros: 2_000,
      mostMicros: 6_000,
    });
  });

  it("rounds half up, once", () => {
    const price = { currency: "USD" as const, inputMicros: 500_000, outputMicros: 500_000 };
    expect(priceTurn(price, 1, 1)).toMatchObject({ inputMicros: 1, mostMicros: 1 });
    expect(priceTurn(price, 2, 1)).toMatchObject({ inputMicros: 1, mostMicros: 2 });
  });

  it("is unknown without a price", () => {
    expect(priceTurn(null, 1, 1)).toBeNull();
  });
});
