import { expect, test } from "vitest";
import { slopePerHour } from "./slope";

test("steady growth is found, whatever the noise around it", () => {
  const samples = Array.from({ length: 600 }, (_, second) => ({
    atMs: second * 1000,
    value: 200 + (12 * second) / 3600 + (second % 2 === 0 ? 5 : -5),
  }));
  expect(slopePerHour(samples)).toBeCloseTo(12, 0);
});

test("too little is no slope", () => {
  expect(slopePerHour([{ atMs: 0, value: 1 }])).toBeNull();
  expect(slopePerHour(Array(3).fill({ atMs: 5, value: 1 }))).toBeNull();
});
