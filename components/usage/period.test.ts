import { describe, expect, it } from "vitest";
import { areDays, defaultPeriod, findDays, readPeriod, writePeriod, type Period } from "./period";

const today = "2026-03-01";

describe("the days of a period", () => {
  it("end today, and count today in", () => {
    expect(findDays({ name: "7d" }, today)).toEqual({ from: "2026-02-23", to: today });
    expect(findDays({ name: "30d" }, today)).toEqual({ from: "2026-01-31", to: today });
  });

  it("are of this month up to today, and of the whole month before", () => {
    expect(findDays({ name: "this-month" }, today)).toEqual({ from: today, to: today });
    expect(findDays({ name: "last-month" }, today)).toEqual({
      from: "2026-02-01",
      to: "2026-02-28",
    });
    expect(findDays({ name: "last-month" }, "2026-01-15")).toEqual({
      from: "2025-12-01",
      to: "2025-12-31",
    });
  });

  it("are those that somebody chose", () => {
    const days = { from: "2026-01-05", to: "2026-02-06" };
    expect(findDays({ name: "own", ...days }, today)).toEqual(days);
  });
});

describe("days that a report can be about", () => {
  it("are at most 400, in order, and days at all", () => {
    expect(areDays({ from: "2026-01-01", to: "2026-01-01" })).toBe(true);
    expect(areDays({ from: "2025-01-01", to: "2026-02-04" })).toBe(true);
    expect(areDays({ from: "2025-01-01", to: "2026-02-05" })).toBe(false);
    expect(areDays({ from: "2026-01-02", to: "2026-01-01" })).toBe(false);
    expect(areDays({ from: "", to: "2026-01-01" })).toBe(false);
  });
});

describe("a period in the address", () => {
  it("comes back as it was written, and the default takes no words", () => {
    const periods: Period[] = [
      { name: "7d" },
      { name: "this-month" },
      { name: "last-month" },
      { name: "own", from: "2026-01-05", to: "2026-02-06" },
    ];
    for (const period of periods) {
      const search = new URLSearchParams("model=some");
      writePeriod(search, period);
      expect(readPeriod(search)).toEqual(period);
      writePeriod(search, defaultPeriod);
      expect(search.toString()).toBe("model=some");
      expect(readPeriod(search)).toEqual(defaultPeriod);
    }
  });

  it("is the default where the address makes no sense", () => {
    for (const text of ["period=year", "period=own", "period=own&from=2026-02-02&to=2026-01-01"])
      expect(readPeriod(new URLSearchParams(text))).toEqual(defaultPeriod);
  });
});
