import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceiptRequest } from "@/lib/contracts/receipts";
import { currencies, type PriceVersion } from "@/lib/contracts/usage";
import { computeFigures } from "../answer/figures";
import { findCostMicros } from "./cost";
import { addUp, costOf, findOneCost } from "./receipt";
import { writeReceipt, type ReceiptEntry } from "./receipt-calls";

const price: PriceVersion = {
  ...{ id: "price", currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...{ cachedInputMicros: 500_000, reasoningMicros: null, validFrom: "2026-01-01T00:00:00.000Z" },
};

const request = (given: Partial<ReceiptRequest> = {}): ReceiptRequest => ({
  ...{ number: 1, provider: "P", model: "m", payer: "team", outcome: "answered" },
  ...{ errorCode: null, source: "reported", inputTokens: 1_000, cachedTokens: 0 },
  ...{ outputTokens: 100, reasoningTokens: 0, price, durationMs: 10 },
  cost: { currency: "CNY", micros: 2_800 },
  ...given,
});

const entry = (callId: string, given: Partial<ReceiptEntry> = {}): ReceiptEntry => ({
  ...request(),
  ...{ callId, kind: "answer", at: "2026-01-02T00:00:00.000Z", sharedBy: 1 },
  ...given,
});

describe("what requests come to", () => {
  it("adds up tokens, and each currency by itself", () => {
    const dollars = request({ cost: { currency: "USD", micros: 7 } });
    expect(addUp([request(), dollars, request()])).toEqual({
      ...{ inputTokens: 3_000, outputTokens: 300, unpriced: 0, isEstimated: false },
      costs: [
        { currency: "CNY", micros: 5_600 },
        { currency: "USD", micros: 7 },
      ],
    });
  });

  it("says what has no price, instead of counting it for nothing", () => {
    const totals = addUp([request(), request({ price: null, cost: null })]);
    expect(totals).toMatchObject({ unpriced: 1, costs: [{ currency: "CNY", micros: 2_800 }] });
    expect(findOneCost(totals)).toBeNull();
  });

  it("passes over what was refused: it used nothing, and costs nothing that is unknown", () => {
    const refused = request({ source: null, inputTokens: 0, outputTokens: 0, cost: null });
    expect(addUp([refused])).toMatchObject({ unpriced: 0, costs: [], isEstimated: false });
  });

  it("is estimated as soon as one of them is", () => {
    expect(addUp([request(), request({ source: "estimated" })]).isEstimated).toBe(true);
  });

  it("is to the micro-unit the sum of what each costs, on a receipt and in the figures", () => {
    const amount = fc.integer({ min: 0, max: 50_000_000 });
    const maybe = fc.option(amount);
    const prices = fc.record({
      ...{ currency: fc.constantFrom(...currencies), inputMicros: amount, outputMicros: amount },
      ...{ cachedInputMicros: maybe, reasoningMicros: maybe },
    });
    const usages = fc
      .tuple(fc.nat(900_000), fc.nat(900_000), fc.nat(90_000), fc.nat(90_000))
      .map(([fresh, cachedTokens, said, reasoningTokens]) => ({
        ...{ inputTokens: fresh + cachedTokens, cachedTokens },
        ...{ outputTokens: said + reasoningTokens, reasoningTokens },
      }));
    const calls = fc.array(fc.record({ usage: usages, price: fc.option(prices) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(calls, (made) => {
        const totals = addUp(
          made.map(({ usage, price: known }) => ({
            ...{ ...usage, source: "reported" as const, cost: costOf(usage, known) },
          })),
        );
        for (const currency of currencies) {
          const own = made.flatMap(({ usage, price: known }) =>
            known?.currency === currency ? [findCostMicros(usage, known)] : [],
          );
          const told = totals.costs.find((cost) => cost.currency === currency);
          expect(told?.micros).toBe(
            own.length === 0 ? undefined : own.reduce((sum, micros) => sum + micros, 0),
          );
        }
        expect(totals.unpriced).toBe(made.filter((one) => one.price === null).length);
        const at = new Date(0);
        const times = { startedAt: at, firstTokenAt: at, finishedAt: at };
        const figures = computeFigures(
          made.map(({ usage, price: known }) => ({
            ...{ ...times, usage: { ...usage, source: "reported" as const }, price: known },
          })),
        );
        expect(figures).toMatchObject({
          inputTokens: totals.inputTokens,
          outputTokens: totals.outputTokens,
          cost: findOneCost(totals),
        });
      }),
    );
  });
});

describe("a receipt", () => {
  it("puts requests under their calls, and what an answer caused behind what wrote it", () => {
    const { calls, totals } = writeReceipt([
      entry("summary", { kind: "summary" }),
      entry("own", { outcome: "failed" }),
      entry("own", { number: 2 }),
      entry("more", { kind: "continuation" }),
    ]);
    expect(calls.map(({ kind, requests }) => [kind, requests.map(({ number }) => number)])).toEqual(
      [
        ["answer", [1, 2]],
        ["continuation", [1]],
        ["summary", [1]],
      ],
    );
    expect(totals.costs).toEqual([{ currency: "CNY", micros: 4 * 2_800 }]);
  });

  it("is empty where nothing was asked", () => {
    expect(writeReceipt([])).toMatchObject({ calls: [], totals: { costs: [], unpriced: 0 } });
  });
});
