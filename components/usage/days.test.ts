import { describe, expect, it } from "vitest";
import { addDays, countDays, findDay, isDay } from "./days";

describe("the day that it is somewhere", () => {
  it("is another one at the same moment in another zone", () => {
    const at = new Date("2026-11-22T17:30:00Z");
    expect(findDay("UTC", at)).toBe("2026-11-22");
    expect(findDay("Asia/Shanghai", at)).toBe("2026-11-23");
    expect(findDay("America/Los_Angeles", new Date("2026-11-22T03:00:00Z"))).toBe("2026-11-21");
  });

  it("begins at midnight, also on the night when the clocks change", () => {
    expect(findDay("Europe/Berlin", new Date("2026-10-24T21:59:59Z"))).toBe("2026-10-24");
    expect(findDay("Europe/Berlin", new Date("2026-10-24T22:00:00Z"))).toBe("2026-10-25");
    expect(findDay("Europe/Berlin", new Date("2026-10-25T22:59:59Z"))).toBe("2026-10-25");
  });
});

describe("days of a calendar", () => {
  it("go over months, years and 29 February", () => {
    expect(addDays("2026-11-01", -1)).toBe("2026-10-31");
    expect(addDays("2027-12-31", 1)).toBe("2028-01-01");
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  });

  it("are counted with both ends", () => {
    expect(countDays("2026-11-22", "2026-11-22")).toBe(1);
    expect(countDays("2026-02-01", "2026-03-01")).toBe(29);
    expect(countDays("2026-03-02", "2026-03-01")).toBe(0);
  });

  it("are told from what is no day", () => {
    for (const text of ["2026-02-30", "2026-13-01", "2026-2-1", "", "today", "2026-11-22T00:00"])
      expect([text, isDay(text)]).toEqual([text, false]);
    expect(isDay("2028-02-29")).toBe(true);
  });
});
