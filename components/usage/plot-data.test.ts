import { describe, expect, it } from "vitest";
import { findMeasures, pickMeasure, plotDays, plotHours, plotRanking } from "./plot-data";
import { makeReport, makeRow, makeSums } from "./testing-sums";
import { makeFormats } from "./use-formats";

describe("what can be drawn", () => {
  it("is the cost of currencies that were paid in, and always tokens and calls", () => {
    expect(findMeasures(makeSums())).toEqual(["tokens", "calls"]);
    const paid = makeSums({ costs: [{ currency: "USD", micros: 1 }] });
    expect(findMeasures(paid)).toEqual(["cost:USD", "tokens", "calls"]);
    expect(pickMeasure("cost:CNY", findMeasures(paid))).toBe("cost:USD");
    expect(pickMeasure("calls", findMeasures(paid))).toBe("calls");
  });
});

describe("a bar", () => {
  it("of tokens is put together from fresh input, cached input and output", () => {
    const tokens = { inputTokens: 100, cachedTokens: 30, outputTokens: 20 };
    expect(plotDays(makeReport([makeRow("2026-11-22", tokens)]), "tokens")).toEqual([
      { key: "2026-11-22", parts: [70, 30, 20], total: 120 },
    ]);
  });

  it("of cost is in one currency", () => {
    const costs = [
      { currency: "CNY" as const, micros: 7 },
      { currency: "USD" as const, micros: 9 },
    ];
    const report = makeReport([makeRow("2026-11-22", { costs })]);
    expect(plotDays(report, "cost:USD")[0]?.total).toBe(9);
  });
});

describe("the hours of a day", () => {
  const hourOf = (timeZone: string) => (at: string) =>
    Number(makeFormats("zh-CN").hour(at, timeZone).slice(0, 2));

  it("are all there, by the team's clocks", () => {
    const report = makeReport([makeRow("2026-11-21T17:00:00.000Z", { calls: 4 })]);
    const points = plotHours(report, "calls", hourOf("Asia/Shanghai"));
    expect(points).toHaveLength(24);
    expect(points.filter(({ total }) => total > 0)).toEqual([
      { key: "01:00", parts: [4], total: 4 },
    ]);
  });

  it("hold both of an hour that comes twice", () => {
    const rows = ["2026-10-25T00:00:00.000Z", "2026-10-25T01:00:00.000Z"].map((at) =>
      makeRow(at, { inputTokens: 5, outputTokens: 1 }),
    );
    const points = plotHours(makeReport(rows), "tokens", hourOf("Europe/Berlin"));
    expect(points[2]).toEqual({ key: "02:00", parts: [10, 0, 2], total: 12 });
  });
});

describe("a ranking", () => {
  it("begins with the most, and leaves out what has nothing and what is too many", () => {
    const rows = [1, 0, 5, 3, 2].map((calls, at) => makeRow(`m${String(at)}`, { calls }));
    const points = plotRanking(makeReport(rows, { groupBy: "model" }), "calls", 3);
    expect(points.map(({ key, total }) => [key, total])).toEqual([
      ["m2", 5],
      ["m3", 3],
      ["m4", 2],
    ]);
  });

  it("is of one currency only", () => {
    const rows = [
      makeRow("yuan", { costs: [{ currency: "CNY", micros: 9 }] }),
      makeRow("dollars", { costs: [{ currency: "USD", micros: 2 }] }),
    ];
    const points = plotRanking(makeReport(rows, { groupBy: "model" }), "cost:USD", 8);
    expect(points.map(({ key }) => key)).toEqual(["dollars"]);
  });
});
