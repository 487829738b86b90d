import { describe, expect, it } from "vitest";
import { readDraft, toDraft } from "./price-draft";

const today = "2026-11-22";
const draft = { ...toDraft(null), input: "2", output: "8" };
const amounts = {
  currency: "CNY" as const,
  inputMicros: 2_000_000,
  cachedInputMicros: null,
  outputMicros: 8_000_000,
  reasoningMicros: null,
};

describe("a typed price", () => {
  it("is input and output, and the others where they were typed", () => {
    expect(readDraft(draft, today, false)).toEqual({ price: amounts });
    expect(
      readDraft({ ...draft, cached: "0.04", reasoning: "16", source: " contract " }, today, false),
    ).toEqual({
      price: {
        ...amounts,
        cachedInputMicros: 40_000,
        reasoningMicros: 16_000_000,
        source: "contract",
      },
    });
  });

  it("of nothing at all is unknown", () => {
    expect(readDraft(toDraft(null), today, false)).toEqual({ price: { currency: null } });
  });

  it("of a half is none, nor is one of words or of too much", () => {
    expect(readDraft({ ...draft, output: "" }, today, false)).toEqual({ problem: "half" });
    expect(readDraft({ ...toDraft(null), cached: "1" }, today, false)).toEqual({ problem: "half" });
    expect(readDraft({ ...draft, cached: "cheap" }, today, false)).toEqual({ problem: "amount" });
    expect(readDraft({ ...draft, input: "1000000.01" }, today, false)).toEqual({
      problem: "amount",
    });
  });

  it("begins now, or on a day to come", () => {
    const tomorrow = { ...draft, day: "2026-11-23" };
    expect(readDraft(tomorrow, today, true)).toEqual({
      price: { ...amounts, validFrom: "2026-11-23" },
    });
    expect(readDraft(tomorrow, today, false)).toEqual({ price: amounts });
    for (const day of ["", today, "2025-01-01"])
      expect(readDraft({ ...draft, day }, today, true)).toEqual({ problem: "day" });
  });

  it("starts from what holds now", () => {
    expect(toDraft({ ...amounts, cachedInputMicros: 70_000 })).toMatchObject({
      input: "2.00",
      cached: "0.07",
      output: "8.00",
      reasoning: "",
    });
  });
});
