import { describe, expect, it } from "vitest";
import type { UsageRow } from "@/lib/contracts/usage-reports";
import { writeCsv } from "./csv";
import { addSums } from "./sums";

const row = (given: Partial<UsageRow>, sums: Partial<UsageRow["sums"]> = {}): UsageRow => ({
  ...{ key: "model-one", label: null, sums: { ...addSums([]), ...sums } },
  ...given,
});

const linesOf = (rows: UsageRow[]) => writeCsv({ groupBy: "model", rows }).split("\r\n");

describe("a report as CSV", () => {
  it("begins with a mark of UTF-8, and names its columns the same in every language", () => {
    expect(linesOf([])).toEqual([
      "\uFEFFmodel,name,calls,attempts,failed,estimated,unpriced,input_tokens,cached_tokens," +
        "output_tokens,reasoning_tokens,cost_cny,cost_usd,first_token_ms,tokens_per_second",
      "",
    ]);
  });

  it("writes amounts with all six places, and nothing where nothing was paid", () => {
    const sums = {
      costs: [{ currency: "CNY" as const, micros: 1_234_567_000_001 }],
      firstTokenMs: 312.25,
      tokensPerSecond: 48,
    };
    expect(linesOf([row({}, sums)])[1]).toBe(
      "model-one,,0,0,0,0,0,0,0,0,0,1234567.000001,,312.3,48.0",
    );
    const small = { costs: [{ currency: "USD" as const, micros: 7 }] };
    expect(linesOf([row({}, small)])[1]).toContain(",,0.000007,,");
  });

  it("quotes commas, quotes and line breaks", () => {
    const label = '通义, "max"\nnew';
    expect(writeCsv({ groupBy: "model", rows: [row({ label })] })).toContain(
      'model-one,"通义, ""max""\nnew",0',
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"])(
    "makes the formula %j plain text",
    (text) => {
      expect(linesOf([row({ label: text })])[1]).toContain(`,'${text},`);
    },
  );
});
