import { describe, expect, it } from "vitest";
import { limits } from "@/lib/contracts/limits";
import { judgeSummary, type WrittenSummary } from "./judge-summary";

const judge = (given: Partial<WrittenSummary>) =>
  judgeSummary({
    text: "They chose the second plan.",
    reasoning: "",
    finish: "stop",
    tokens: 6,
    sourceTokens: 900,
    ...given,
  });

describe("judgeSummary", () => {
  it("takes a text that came to its end", () => {
    expect(judge({})).toBeNull();
    expect(judge({ finish: "other", reasoning: "Let me see." })).toBeNull();
    // A refusal is a poor summary, but nobody is better off without it: it can be read and redone.
    expect(judge({ text: "I can't help with that." })).toBeNull();
  });

  it("refuses what is empty, and what is only thought", () => {
    expect(judge({ text: " \n" })).toBe("empty");
    expect(judge({ text: "", reasoning: "They chose…", finish: "length" })).toBe("reasoning");
  });

  it.each(["length", "content-filter", "none", "tool-calls"] as const)(
    "refuses what ended with %s",
    (finish) => {
      expect(judge({ finish })).toBe("cut");
    },
  );

  it("refuses what is too long to be kept, or no shorter than what it stands for", () => {
    expect(judge({ text: "a".repeat(limits.summaryCharacters + 1) })).toBe("long");
    expect(judge({ tokens: 900 })).toBe("long");
    expect(judge({ tokens: 899 })).toBeNull();
  });

  it("lets a few lines stand for a few words", () => {
    expect(judge({ tokens: 60, sourceTokens: 20 })).toBeNull();
  });
});
