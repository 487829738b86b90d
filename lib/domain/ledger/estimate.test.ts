import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCostMicros, type PricedUsage, type TokenPrices } from "./cost";
import { boundTarget, sumSpent, type Bound } from "./estimate";

const micros = fc.integer({ min: 0, max: 2_000_000_000 });
const prices = fc.record<TokenPrices>({
  currency: fc.constantFrom("CNY", "USD"),
  inputMicros: micros,
  cachedInputMicros: fc.option(micros),
  outputMicros: micros,
  reasoningMicros: fc.option(micros),
});
const rates = fc.integer({ min: 1, max: 100_000_000 });

/** What a request may report that was asked for with these sizes. */
const usageWithin = (inputTokens: number, outputTokens: number) =>
  fc
    .record({ inputTokens: fc.nat(inputTokens), outputTokens: fc.nat(outputTokens) })
    .chain((counts) =>
      fc.record<PricedUsage>({
        inputTokens: fc.constant(counts.inputTokens),
        outputTokens: fc.constant(counts.outputTokens),
        cachedTokens: fc.option(fc.nat(counts.inputTokens), { nil: undefined }),
        reasoningTokens: fc.option(fc.nat(counts.outputTokens), { nil: undefined }),
      }),
    );

const sizes = fc.record({ inputTokens: fc.nat(2_000_000), outputTokens: fc.nat(200_000) });
const requests = fc.record({ price: prices, sizes, rate: rates }).chain(({ sizes, ...rest }) =>
  fc.record({
    price: fc.constant(rest.price),
    rate: fc.constant(rest.rate),
    sizes: fc.constant(sizes),
    usage: usageWithin(sizes.inputTokens, sizes.outputTokens),
  }),
);

/** As a hold is rounded. */
const amountOf = ({ fixed, perToken }: Bound, tokens: number) =>
  (BigInt(fixed) + BigInt(perToken) * BigInt(tokens) + 999_999n) / 1_000_000n;

/** As a settled cost is converted. */
const convert = (cost: bigint, from: "CNY" | "USD", rate: number) =>
  from === "USD"
    ? (cost * BigInt(rate) + 999_999n) / 1_000_000n
    : (cost * 1_000_000n + BigInt(rate) - 1n) / BigInt(rate);

describe("a bound", () => {
  it("is never less than what a request within it costs, in either currency", () => {
    fc.assert(
      fc.property(requests, ({ price, rate, sizes: { inputTokens, outputTokens }, usage }) => {
        const target = { inputTokens, mostOutputTokens: outputTokens, answers: 1, price };
        const bounds = boundTarget({ ...target, payer: "team" }, rate);
        const cost = BigInt(findCostMicros(usage, price));
        const other = price.currency === "CNY" ? "USD" : "CNY";
        const [own, converted] = [bounds[price.currency], bounds[other]];
        if (own === null || converted === null || bounds.tokens === null)
          throw new Error("unknown");
        expect(amountOf(own, outputTokens)).toBeGreaterThanOrEqual(cost);
        expect(amountOf(converted, outputTokens)).toBeGreaterThanOrEqual(
          convert(cost, price.currency, rate),
        );
        expect(amountOf(bounds.tokens, outputTokens)).toBeGreaterThanOrEqual(
          BigInt(usage.inputTokens + usage.outputTokens),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds for each of several answers", () => {
    const price = { currency: "CNY" as const, inputMicros: 1, outputMicros: 8_000_000 };
    const known = { ...price, cachedInputMicros: null, reasoningMicros: null };
    const target = { inputTokens: 0, mostOutputTokens: 100, payer: "team" as const, price: known };
    const bounds = boundTarget({ ...target, answers: 4 }, null);
    expect(bounds.CNY && amountOf(bounds.CNY, 100)).toBe(3_200n);
    expect(bounds.tokens && amountOf(bounds.tokens, 100)).toBe(400n);
  });

  it("is unknown where the price is, or the rate, and nothing with a member's own key", () => {
    const target = { inputTokens: 10, mostOutputTokens: 10, answers: 1, price: null };
    expect(boundTarget({ ...target, payer: "team" }, 7)).toMatchObject({ CNY: null, USD: null });
    const price = { currency: "USD" as const, inputMicros: 1, outputMicros: 1 };
    const known = { ...price, cachedInputMicros: null, reasoningMicros: null };
    expect(boundTarget({ ...target, payer: "team", price: known }, null).CNY).toBeNull();
    const free = { fixed: "0", perToken: "0" };
    const own = boundTarget({ ...target, payer: "member" }, null);
    expect(own).toMatchObject({ tokens: free, CNY: free, USD: free });
  });

  it("costs nothing in either currency where the price is nothing, also without a rate", () => {
    const price = { currency: "CNY" as const, inputMicros: 0, outputMicros: 0 };
    const known = { ...price, cachedInputMicros: null, reasoningMicros: null };
    const target = { inputTokens: 10, mostOutputTokens: 10, answers: 1, price: known };
    const free = { fixed: "0", perToken: "0" };
    expect(boundTarget({ ...target, payer: "team" }, null)).toMatchObject({ CNY: free, USD: free });
  });
});

describe("what was spent", () => {
  it("is never less than what the requests cost together, in either currency", () => {
    const several = fc.record({
      made: fc.array(fc.record({ price: prices, usage: usageWithin(2_000_000, 200_000) }), {
        maxLength: 5,
      }),
      rate: rates,
    });
    fc.assert(
      fc.property(several, ({ made, rate }) => {
        const spent = sumSpent(
          made.map(({ price, usage }) => ({ price, usage, payer: "team" as const })),
          rate,
        );
        for (const unit of ["CNY", "USD"] as const) {
          const cost = made.reduce((total, { price, usage }) => {
            const own = BigInt(findCostMicros(usage, price));
            return total + (price.currency === unit ? own : convert(own, price.currency, rate));
          }, 0n);
          expect(BigInt(spent[unit] ?? -1)).toBeGreaterThanOrEqual(cost * 1_000_000n);
        }
      }),
    );
  });

  it("is unknown as soon as one price is, and does not count a member's own", () => {
    const usage = { inputTokens: 10, outputTokens: 10 };
    const unknown = { usage, payer: "team" as const, price: null };
    expect(sumSpent([unknown], null)).toMatchObject({ CNY: null, USD: null });
    expect(sumSpent([{ ...unknown, payer: "member" }], null).CNY).toBe("0");
    expect(sumSpent([], null)).toEqual({ tokens: "0", CNY: "0", USD: "0" });
  });
});

describe("a cost", () => {
  const price: TokenPrices = {
    ...{ currency: "CNY", inputMicros: 1_000_000, outputMicros: 3_000_000 },
    ...{ cachedInputMicros: 100_000, reasoningMicros: 5_000_000 },
  };

  it("is each kind of token at its own price", () => {
    const usage = { inputTokens: 100, cachedTokens: 60, outputTokens: 50, reasoningTokens: 20 };
    expect(findCostMicros(usage, price)).toBe(40 + 6 + 90 + 100);
    const plain = { ...price, cachedInputMicros: null, reasoningMicros: null };
    expect(findCostMicros(usage, plain)).toBe(100 + 150);
  });

  it("is rounded half up, once", () => {
    const half = { ...price, inputMicros: 250_000, cachedInputMicros: null, outputMicros: 250_000 };
    expect(findCostMicros({ inputTokens: 1, outputTokens: 0 }, half)).toBe(0);
    expect(findCostMicros({ inputTokens: 1, outputTokens: 1 }, half)).toBe(1);
  });
});
