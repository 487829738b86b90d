import { describe, expect, test } from "vitest";
import type { PlanEntry } from "@/lib/contracts/context";
import { groupEntries } from "./plan-runs";

const entry = (id: number, change: Partial<PlanEntry> = {}): PlanEntry => ({
  messageId: String(id),
  role: id % 2 === 0 ? "assistant" : "user",
  excerpt: `Message ${String(id)}`,
  state: "kept",
  reason: "within_policy",
  tokens: 10,
  sentTokens: 10,
  mark: "auto",
  ...change,
});
const old = (id: number): PlanEntry =>
  entry(id, { state: "left_out", reason: "over_rounds", sentTokens: 0 });
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("the list of a plan", () => {
  test("begins with the newest and folds what is left out as a whole", () => {
    const runs = groupEntries(
      [...range(1, 20).map(old), ...range(21, 24).map((id) => entry(id))],
      null,
    );
    expect(runs.map(({ isFolded, entries }) => [isFolded, entries.length])).toEqual([
      [false, 4],
      [true, 20],
    ]);
    expect(runs[0]?.entries[0]?.messageId).toBe("24");
    expect(runs[1]?.entries.at(-1)?.messageId).toBe("1");
  });

  test("a pinned message among what is left out stays in sight", () => {
    const pinned = entry(10, { reason: "pinned", mark: "pinned" });
    const runs = groupEntries([...range(1, 9).map(old), pinned, ...range(11, 20).map(old)], null);
    expect(runs.map(({ isFolded, entries }) => [isFolded, entries.length])).toEqual([
      [true, 10],
      [false, 1],
      [true, 9],
    ]);
  });

  test("a few that are left out, and many that go along, are not folded", () => {
    const runs = groupEntries(
      [...range(1, 3).map(old), ...range(4, 90).map((id) => entry(id))],
      null,
    );
    expect(runs.every(({ isFolded }) => !isFolded)).toBe(true);
  });

  test("what was left out by hand is never folded away", () => {
    const byHand = range(1, 10).map((id) =>
      entry(id, { state: "left_out", reason: "excluded", mark: "excluded" }),
    );
    expect(groupEntries(byHand, null).every(({ isFolded }) => !isFolded)).toBe(true);
  });

  test("where the context starts a run ends", () => {
    const runs = groupEntries(
      range(1, 10).map((id) => entry(id)),
      "5",
    );
    expect(runs.map(({ entries }) => entries.length)).toEqual([6, 4]);
  });
});
