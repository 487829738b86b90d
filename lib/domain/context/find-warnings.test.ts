import { describe, expect, it } from "vitest";
import type { PlannedEntry } from "./plan-result";
import { findWarnings } from "./find-warnings";

const entry = (extra: Partial<PlannedEntry> = {}): PlannedEntry => ({
  id: "m",
  role: "user",
  state: "kept",
  reason: "within_policy",
  tokens: 10,
  sentTokens: 10,
  mark: "auto",
  ...extra,
});

const parts = {
  system: 10,
  tools: 0,
  files: 0,
  summary: 0,
  history: 80,
  draft: 10,
  reply: 100,
  free: 800,
};

type Plan = Parameters<typeof findWarnings>[0];

const warn = (plan: Partial<Plan> = {}, known: { dearTokens?: number; isStale?: boolean } = {}) =>
  findWarnings(
    { window: 1_000, parts, inputTokens: 100, entries: [entry()], summary: null, ...plan },
    { dearTokens: known.dearTokens ?? 30_000, isSummaryStale: known.isStale ?? false },
  );

describe("findWarnings", () => {
  it("says nothing of a plan with room", () => {
    expect(warn()).toEqual([]);
    const byHand = entry({ state: "left_out", reason: "excluded", mark: "excluded" });
    expect(warn({ entries: [byHand, entry()] })).toEqual([]);
  });

  it("counts the room for the answer as used", () => {
    expect(warn({ inputTokens: 599 })).toEqual([]);
    expect(warn({ inputTokens: 600 })).toEqual(["nearly_full"]);
  });

  it("finds a turn dear above what the admin calls so", () => {
    expect(warn({}, { dearTokens: 100 })).toEqual([]);
    expect(warn({}, { dearTokens: 99 })).toEqual(["dear"]);
  });

  it("tells what is forgotten from a pin that has no room", () => {
    const left = { state: "left_out", reason: "over_window" } as const;
    expect(warn({ entries: [entry(left), entry()] })).toEqual(["forgetting"]);
    expect(warn({ entries: [entry({ ...left, mark: "pinned" }), entry()] })).toEqual([
      "pins_left_out",
    ]);
    const summarised = entry({ state: "summarised", reason: "summarised" });
    expect(warn({ entries: [summarised, entry()] })).toEqual([]);
  });

  it("says that the new message is shortened", () => {
    const giant = entry({ state: "shortened", reason: "too_long" });
    expect(warn({ entries: [entry(), giant] })).toEqual(["draft_shortened"]);
    expect(warn({ entries: [giant, entry()] })).toEqual([]);
  });

  it("says that the summary no longer fits only where it goes along", () => {
    const summary = { id: "s", text: "So far.", coversToId: "m" };
    expect(warn({ summary }, { isStale: true })).toEqual(["summary_stale"]);
    expect(warn({}, { isStale: true })).toEqual([]);
  });

  it("says that a window is unknown", () => {
    expect(warn({ window: null })).toEqual(["window_unknown"]);
  });
});
