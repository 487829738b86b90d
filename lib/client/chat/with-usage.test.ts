import { describe, expect, it } from "vitest";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { testBranch } from "./testing-messages";
import { withUsage } from "./with-usage";

const totals: UsageTotals = {
  ...{ inputTokens: 10, outputTokens: 2, unpriced: 0, isEstimated: false },
  costs: [{ currency: "CNY", micros: 7 }],
};

describe("what a receipt says of an answer", () => {
  it("is noted with the answer, and with no other message", () => {
    const messages = testBranch("question", "answer");
    const noted = withUsage(messages, "answer", totals);
    expect(noted.map(({ usage }) => usage)).toEqual([null, totals]);
    expect(noted[0]).toBe(messages[0]);
  });

  it("changes nothing where it is known, where nothing was used, or the answer is gone", () => {
    const noted = withUsage(testBranch("question", "answer"), "answer", totals);
    expect(withUsage(noted, "answer", { ...totals, costs: [...totals.costs] })).toBe(noted);
    expect(withUsage(noted, "another", totals)).toBe(noted);
    const messages = testBranch("question", "answer");
    const nothing = { ...totals, inputTokens: 0, outputTokens: 0, costs: [] };
    expect(withUsage(messages, "answer", nothing)).toBe(messages);
  });

  it("takes the place of what was known before a summary was booked", () => {
    const noted = withUsage(testBranch("question", "answer"), "answer", totals);
    const more = { ...totals, costs: [{ currency: "CNY" as const, micros: 9 }] };
    expect(withUsage(noted, "answer", more)[1]?.usage).toEqual(more);
  });
});
