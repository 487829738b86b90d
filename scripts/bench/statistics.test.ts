import { describe, expect, it } from "vitest";
import { findKnee, median, percentile } from "./statistics";

describe("percentile", () => {
  it("interpolates between neighbours and does not mind the order", () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([10, 20, 30], 0.95)).toBeCloseTo(29);
    expect(percentile([7], 0.95)).toBe(7);
  });

  it("is not a number when there is nothing", () => {
    expect(median([])).toBeNaN();
  });
});

describe("findKnee", () => {
  const steps = (...p95s: number[]) => p95s.map((p95Ms, index) => ({ streams: index + 1, p95Ms }));

  it("is the last step before two in a row take twice as long", () => {
    expect(findKnee(steps(10, 12, 19, 25, 40, 11))).toEqual({ streams: 3, isReached: true });
  });

  it("forgives one slow step", () => {
    expect(findKnee(steps(10, 30, 12, 14))).toEqual({ streams: 4, isReached: false });
  });

  it("says when the last step was slow already", () => {
    expect(findKnee(steps(10, 12, 30))).toEqual({ streams: 2, isReached: true });
  });
});
