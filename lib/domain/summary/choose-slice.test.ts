import { describe, expect, it } from "vitest";
import type { BranchPoint } from "./branch-point";
import { chooseSlice } from "./choose-slice";

const pointsOf = (...tokens: number[]): BranchPoint[] =>
  tokens.map((count, at) => ({
    id: String(at),
    role: at % 2 === 0 ? "user" : "assistant",
    tokens: count,
    isStreaming: false,
    isExcluded: false,
  }));

describe("chooseSlice", () => {
  it("takes all that fits", () => {
    expect(chooseSlice(pointsOf(10, 10, 10, 10), 1_000)).toBe(4);
    expect(chooseSlice([], 1_000)).toBe(0);
  });

  it("ends with a round where it can", () => {
    expect(chooseSlice(pointsOf(100, 100, 100, 100), 350)).toBe(2);
    expect(chooseSlice(pointsOf(100, 300, 100), 350)).toBe(1);
  });

  it("takes one message in any case, however long it is", () => {
    expect(chooseSlice(pointsOf(5_000, 10), 1_000)).toBe(1);
  });

  it("never ends before anything is told", () => {
    const [left, ...rest] = pointsOf(10, 10, 5_000, 10);
    if (left === undefined) throw new Error("no points");
    const points = [{ ...left, isExcluded: true }, ...rest].map((point, at) =>
      at === 1 ? { ...point, isExcluded: true } : point,
    );
    expect(chooseSlice(points, 1_000)).toBe(3);
  });
});
