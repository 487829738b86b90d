import { describe, expect, it } from "vitest";
import { asTimeZone, groupByDay } from "./days";

const at = (updatedAt: string) => ({
  id: updatedAt,
  title: updatedAt,
  updatedAt,
  isAnswering: false,
});

const keysOf = (times: string[], now: string, timeZone: string) =>
  groupByDay(times.map(at), new Date(now), timeZone).map(({ key, conversations }) => [
    key,
    conversations.length,
  ]);

describe("conversations by day", () => {
  it("are of today, yesterday, the past week, the past month, then of their month", () => {
    const times = [
      "2026-11-22T09:00:00Z",
      "2026-11-22T00:00:00Z",
      "2026-11-21T23:59:59Z",
      "2026-11-20T12:00:00Z",
      "2026-11-15T00:00:00Z",
      "2026-11-14T23:00:00Z",
      "2026-10-23T00:00:00Z",
      "2026-10-22T23:00:00Z",
      "2026-10-01T00:00:00Z",
      "2025-10-01T00:00:00Z",
    ];
    expect(keysOf(times, "2026-11-22T10:00:00Z", "UTC")).toEqual([
      ["today", 2],
      ["yesterday", 1],
      ["week", 2],
      ["month", 2],
      ["2026-10", 2],
      ["2025-10", 1],
    ]);
  });

  it("follow the calendar of the reader's own time zone", () => {
    const times = ["2026-11-21T17:00:00Z", "2026-11-21T15:00:00Z"];
    expect(keysOf(times, "2026-11-22T10:00:00Z", "Asia/Shanghai")).toEqual([
      ["today", 1],
      ["yesterday", 1],
    ]);
    expect(keysOf(times, "2026-11-22T10:00:00Z", "America/New_York")).toEqual([["yesterday", 2]]);
  });

  it("count calendar days over a change of the clock", () => {
    // Berlin skips an hour on 29 March: 23 hours, yet one calendar day.
    expect(keysOf(["2026-03-28T23:30:00Z"], "2026-03-29T22:30:00Z", "Europe/Berlin")).toEqual([
      ["yesterday", 1],
    ]);
  });

  it("are of today when a clock runs ahead", () => {
    expect(keysOf(["2026-11-23T00:10:00Z"], "2026-11-22T23:59:00Z", "UTC")).toEqual([["today", 1]]);
  });

  it("fall back to UTC for a time zone that nobody knows", () => {
    expect(asTimeZone("Mars/Olympus")).toBe("UTC");
    expect(asTimeZone("Asia/Shanghai")).toBe("Asia/Shanghai");
  });
});
