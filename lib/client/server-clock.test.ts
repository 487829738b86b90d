import { expect, test } from "vitest";
import { noteServerTime, toOwnMs } from "./server-clock";

const nowMs = Date.parse("2026-05-01T12:00:00.500Z");

test("while the server's time is unknown, nothing was before now", () => {
  noteServerTime(null, nowMs);
  noteServerTime("no date", nowMs);
  expect(toOwnMs("2026-05-01T11:59:00.000Z", nowMs)).toBe(nowMs);
});

test("what was a minute ago at the server was a minute ago here, whatever the clocks say", () => {
  for (const [header, askedAt] of [
    ["Fri, 01 May 2026 12:00:00 GMT", "2026-05-01T11:59:00.500Z"],
    ["Fri, 01 May 2026 09:30:00 GMT", "2026-05-01T09:29:00.500Z"],
    ["Sat, 02 May 2026 12:00:00 GMT", "2026-05-02T11:59:00.500Z"],
  ] as const) {
    noteServerTime(header, nowMs);
    expect(toOwnMs(askedAt, nowMs)).toBe(nowMs - 60_000);
  }
});

test("what is still to come by the server's clock is now", () => {
  noteServerTime("Fri, 01 May 2026 12:00:00 GMT", nowMs);
  expect(toOwnMs("2026-05-01T12:00:09.000Z", nowMs)).toBe(nowMs);
  expect(toOwnMs(undefined, nowMs)).toBe(nowMs);
});
