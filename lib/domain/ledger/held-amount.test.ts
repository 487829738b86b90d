import { expect, it } from "vitest";
import type { TokenPrices } from "./cost";
import { boundTarget } from "./estimate";
import { addHeld, nothingHeld } from "./held-amount";

const price: TokenPrices = {
  currency: "CNY",
  ...{ inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...{ cachedInputMicros: null, reasoningMicros: null },
};
const target = { inputTokens: 1_000, mostOutputTokens: 1_000, answers: 1, payer: "team" } as const;
const priced = boundTarget({ ...target, price }, null);
const unpriced = boundTarget({ ...target, inputTokens: 3_000, price: null }, null);

it("a call holds what the dearest of its models may use, in each unit that it has a price in", () => {
  const one = addHeld(nothingHeld, [priced, unpriced], 1_000);
  expect(one).toEqual({ tokens: "4000", CNY: "10000", USD: "0" });
  expect(addHeld(one, [priced], 1_000)).toEqual({ tokens: "6000", CNY: "20000", USD: "0" });
});

it("a shorter answer holds less, and what is not whole is rounded up", () => {
  expect(addHeld(nothingHeld, [priced], 500)).toMatchObject({ tokens: "1500", CNY: "6000" });
  const odd = boundTarget({ ...target, inputTokens: 1, price: { ...price, inputMicros: 1 } }, null);
  expect(addHeld(nothingHeld, [odd], 0)).toMatchObject({ tokens: "1", CNY: "1" });
});
