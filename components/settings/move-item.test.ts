import { describe, expect, it } from "vitest";
import { moveItem } from "./move-item";

describe("an item that is moved", () => {
  it.each([
    [0, 2, "bca"],
    [2, 0, "cab"],
    [1, 1, "abc"],
    [0, 9, "bca"],
  ])("from %i to %i leaves the others in their order", (from, to, order) => {
    expect(moveItem(["a", "b", "c"], from, to).join("")).toBe(order);
  });
});
