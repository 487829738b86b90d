import { describe, expect, test } from "vitest";
import type { PlanEntry } from "@/lib/contracts/context";
import { retakeOlder, takeNewest, takeOlder, type PlanPages } from "./plan-pages";

const entry = (id: number, state: PlanEntry["state"] = "kept"): PlanEntry => ({
  messageId: String(id),
  role: "user",
  excerpt: "",
  state,
  reason: state === "kept" ? "within_policy" : "over_rounds",
  tokens: 1,
  sentTokens: 1,
  mark: "auto",
});
const page = (from: number, to: number, before: string | null): PlanPages => ({
  entries: Array.from({ length: to - from + 1 }, (_, index) => entry(from + index)),
  before,
});
const idsOf = ({ entries }: PlanPages) => entries.map(({ messageId }) => Number(messageId));

describe("the pages of a plan", () => {
  test("an older page goes in front, and its cursor leads on", () => {
    const known = takeOlder(page(5, 8, "5"), page(3, 4, "3"), "5");
    expect(idsOf(known)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(known.before).toBe("3");
  });

  test("a page that comes after the list has changed is let go", () => {
    const known = page(5, 8, "5");
    expect(takeOlder(known, page(1, 2, null), "3")).toBe(known);
  });

  test("a page that brings nothing new ends the list", () => {
    expect(takeOlder(page(5, 8, "5"), page(5, 6, "5"), "5").before).toBeNull();
  });

  test("after another turn what is listed further up stays", () => {
    const known = takeNewest(page(1, 8, null), page(7, 10, "7"));
    expect(idsOf(known)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(known.before).toBeNull();
  });

  test("another branch begins anew", () => {
    const known = takeNewest(page(1, 8, null), page(20, 22, "20"));
    expect(idsOf(known)).toEqual([20, 21, 22]);
    expect(known.before).toBe("20");
  });

  test("a newest page that reaches further up than before is all there is", () => {
    expect(idsOf(takeNewest(page(3, 8, "3"), page(3, 9, "3")))).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  test("what has become of older messages is taken over, and the order stays", () => {
    const fresh = { entries: [entry(2, "left_out"), entry(9)], before: null };
    const known = retakeOlder(page(1, 3, null), fresh);
    expect(known.entries.map(({ state }) => state)).toEqual(["kept", "left_out", "kept"]);
  });
});
