import { describe, expect, it } from "vitest";
import { findWaitMs, mostTries } from "./next-try";

describe("the wait before another try", () => {
  it("grows, and all tries together take about half an hour", () => {
    const waits = [1, 2, 3, 4].map((tries) => findWaitMs(tries, 0.5, null) ?? 0);
    expect(waits).toEqual([5_000, 33_000, 217_800, 1_437_480]);
    const minutes = waits.reduce((sum, wait) => sum + wait, 0) / 60_000;
    expect(minutes).toBeGreaterThan(25);
    expect(minutes).toBeLessThan(35);
  });

  it("is a quarter more or less, so that many do not come back together", () => {
    expect(findWaitMs(1, 0, null)).toBe(3_750);
    expect(findWaitMs(1, 1, null)).toBe(6_250);
  });

  it("is not shorter than the receiver asked for, nor absurdly long", () => {
    expect(findWaitMs(1, 0.5, 90_000)).toBe(90_000);
    expect(findWaitMs(4, 0.5, 1_000)).toBe(1_437_480);
    expect(findWaitMs(1, 0.5, 24 * 3_600_000)).toBe(3_600_000);
  });

  it("ends with the fifth try", () => {
    expect(findWaitMs(mostTries, 0.5, null)).toBeNull();
    expect(findWaitMs(mostTries, 0.5, 1_000)).toBeNull();
  });
});
