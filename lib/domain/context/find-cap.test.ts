import { describe, expect, it } from "vitest";
import { findCap } from "./find-cap";

describe("findCap", () => {
  it("cuts the longest first, to a common length", () => {
    expect(findCap([100, 10, 60], 90, 5)).toBe(40);
    expect(findCap([100, 10, 60], 1_000, 5)).toBeGreaterThanOrEqual(100);
  });

  it("stops at the least, even where that is too much", () => {
    expect(findCap([100, 100], 20, 48.5)).toBe(48.5);
  });

  it("comes to an end with lengths that are no whole numbers", () => {
    expect(findCap([125.4, 125.4], 250, 60)).toBe(125);
  });
});
