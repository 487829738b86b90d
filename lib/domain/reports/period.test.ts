import { describe, expect, it } from "vitest";
import { daysLeftInMonth, listDays } from "./days";
import { periodBefore, settlePeriod } from "./period";

const today = "2026-03-01";

describe("the days of a report", () => {
  it("are the last 30 unless said", () => {
    expect(settlePeriod({}, today)).toEqual({ from: "2026-01-31", to: today });
    expect(settlePeriod({ to: "2026-02-10" }, today)).toEqual({
      from: "2026-01-12",
      to: "2026-02-10",
    });
    expect(settlePeriod({ from: "2026-02-27" }, today)).toEqual({ from: "2026-02-27", to: today });
  });

  it("are at least one and at most 400, and 92 by hour", () => {
    expect(settlePeriod({ from: today }, today)).toEqual({ from: today, to: today });
    expect(listDays("2025-01-26", today)).toHaveLength(400);
    expect(settlePeriod({ from: "2025-01-26" }, today).from).toBe("2025-01-26");
    expect(() => settlePeriod({ from: "2025-01-25" }, today)).toThrow("invalid_input");
    expect(() => settlePeriod({ from: "2025-11-29", groupBy: "hour" }, today)).toThrow();
    expect(() => settlePeriod({ from: "0000-01-01", to: "0000-01-02" }, today)).toThrow();
    expect(() => settlePeriod({ from: "9999-12-30", to: "9999-12-31" }, today)).toThrow();
    expect(() => settlePeriod({ from: "2026-03-02" }, today)).toThrow("invalid_input");
  });

  it("are compared with as many before", () => {
    expect(periodBefore({ from: "2026-02-27", to: "2026-03-01" })).toEqual({
      ...{ from: "2026-02-24", to: "2026-02-26" },
    });
  });

  it("know how many a month has left", () => {
    expect(["2026-02-28", "2028-02-28", "2026-12-01"].map(daysLeftInMonth)).toEqual([0, 1, 30]);
  });
});
