import { describe, expect, it } from "vitest";
import { addDays } from "./days";
import { forecastMonth, forecastStart } from "./forecast";

const today = "2026-11-21";
const cost = (day: string, CNY: bigint | null, USD: bigint | null = null) => ({ day, CNY, USD });

describe("the forecast of a month", () => {
  it("adds the mean of the last seven full days for each day that is left", () => {
    const week = [1, 2, 3, 4, 5, 6, 7].map((days) => cost(addDays(today, -days), 700n));
    const costs = [...week, cost("2026-11-01", 5_000n), cost(today, 100n)];
    expect(forecastMonth(costs, today, "2026-01-01")).toEqual({
      month: "2026-11",
      soFar: [{ currency: "CNY", micros: 10_000 }],
      expected: [{ currency: "CNY", micros: 10_000 + 9 * 700 }],
      days: 7,
    });
  });

  it("reckons days without any cost", () => {
    const costs = [cost("2026-11-20", 700n)];
    expect(forecastMonth(costs, today, "2026-10-01").expected).toEqual([
      { currency: "CNY", micros: 700 + 900 },
    ]);
  });

  it("says from how few days it was reckoned", () => {
    const costs = [cost("2026-11-20", 300n), cost("2026-11-19", 100n)];
    expect(forecastMonth(costs, today, "2026-11-19")).toMatchObject({
      days: 2,
      expected: [{ currency: "CNY", micros: 400 + 9 * 200 }],
    });
  });

  it("makes nothing up where there is no full day", () => {
    const soFar = [{ currency: "CNY", micros: 50 }];
    const none = { days: 0, soFar, expected: soFar };
    expect(forecastMonth([cost(today, 50n)], today, today)).toMatchObject(none);
    expect(forecastMonth([], today, null)).toMatchObject({ days: 0, soFar: [], expected: [] });
  });

  it("keeps currencies apart, and looks back into the month before", () => {
    const first = "2026-12-02";
    const costs = [cost("2026-11-29", 700n, 70n), cost("2026-12-01", null, 7n)];
    expect(forecastStart(first)).toBe("2026-11-25");
    expect(forecastStart(today)).toBe("2026-11-01");
    expect(forecastMonth(costs, first, "2026-01-01")).toMatchObject({
      soFar: [{ currency: "USD", micros: 7 }],
      expected: [
        { currency: "CNY", micros: 2_900 },
        { currency: "USD", micros: 7 + 319 },
      ],
    });
  });
});
