import { describe, expect, it } from "vitest";
import { figureCandidates, type CandidateRecord } from "./candidate-figures";
import { computeFigures, type FiguredCall } from "./figures";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms);

const noExtras = { cachedInputMicros: null, reasoningMicros: null };

const call = (given: Partial<FiguredCall> = {}): FiguredCall => ({
  startedAt: at(0),
  firstTokenAt: at(400),
  finishedAt: at(2_400),
  usage: { inputTokens: 1_000, outputTokens: 200, source: "reported" },
  price: { ...noExtras, currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_000_000 },
  ...given,
});

const refused = call({ firstTokenAt: null, finishedAt: at(50), usage: null, price: null });

describe("the figures of an answer", () => {
  it("are its times, its tokens, and its cost at the price of its model", () => {
    expect(computeFigures([call()])).toEqual({
      firstTokenMs: 400,
      durationMs: 2_400,
      inputTokens: 1_000,
      outputTokens: 200,
      isEstimated: false,
      cost: { currency: "CNY", micros: 3_600 },
    });
  });

  it("leave out the time of requests that brought nothing, and what they did not use", () => {
    const figures = computeFigures([refused, call({ startedAt: at(100), firstTokenAt: at(500) })]);
    expect(figures).toMatchObject({ firstTokenMs: 400, durationMs: 2_300 });
    expect(figures?.cost).toEqual({ currency: "CNY", micros: 3_600 });
  });

  it("add up what every request used, retries too", () => {
    const both = computeFigures([call(), call()]);
    expect(both).toMatchObject({ inputTokens: 2_000, outputTokens: 400, cost: { micros: 7_200 } });
  });

  it("have no cost when a price is unknown, or two currencies meet", () => {
    expect(computeFigures([call({ price: null })])?.cost).toBeNull();
    expect(computeFigures([call(), call({ price: null })])?.cost).toBeNull();
    const dollars = { ...noExtras, currency: "USD", inputMicros: 1, outputMicros: 1 } as const;
    expect(computeFigures([call(), call({ price: dollars })])?.cost).toBeNull();
  });

  it("are those of the wait when nothing came at all, and none when nothing was asked", () => {
    expect(computeFigures([refused])).toMatchObject({
      firstTokenMs: null,
      durationMs: 50,
      outputTokens: null,
      cost: null,
    });
    expect(computeFigures([])).toBeNull();
  });
});

describe("the figures of several answers", () => {
  const record = (given: Partial<CandidateRecord>): CandidateRecord => ({
    parts: [{ type: "text", text: "three words here" }],
    firstTokenAt: at(300),
    finishedAt: at(1_000),
    calls: [],
    booked: null,
    ...given,
  });

  it("are each their own where each had a call", () => {
    const [one, other] = figureCandidates([
      record({ calls: [call()] }),
      record({ calls: [refused] }),
    ]);
    expect(one).toMatchObject({ outputTokens: 200, isEstimated: false });
    expect(other).toMatchObject({ outputTokens: null });
  });

  it("are what the ledger says of it, where it says something", () => {
    const booked = {
      ...{ inputTokens: 1_500, outputTokens: 210, unpriced: 0, isEstimated: true },
      costs: [{ currency: "CNY" as const, micros: 4_321 }],
    };
    expect(figureCandidates([record({ calls: [call()], booked })])).toMatchObject([
      { firstTokenMs: 400, inputTokens: 1_500, outputTokens: 210, isEstimated: true },
    ]);
    const [partly] = figureCandidates([
      record({ calls: [call()], booked: { ...booked, unpriced: 1 } }),
    ]);
    expect(partly?.cost).toBeNull();
  });

  it("share one call's prompt with the first, and count the words of each", () => {
    const [first, second] = figureCandidates([record({}), record({ calls: [call()] })]);
    expect(first).toMatchObject({ inputTokens: 1_000, isEstimated: true, firstTokenMs: 300 });
    expect(second).toMatchObject({ inputTokens: null, isEstimated: true, durationMs: 1_000 });
    expect(second?.outputTokens).toBe(first?.outputTokens);
    expect(second?.outputTokens).toBeLessThan(10);
  });

  it("are unknown while an answer is being written", () => {
    expect(figureCandidates([record({ finishedAt: null })])).toEqual([null]);
  });
});
