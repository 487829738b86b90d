import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUsage, repairUsage } from "./repair-usage";

describe("a report of usage", () => {
  it.each([
    ["OpenAI", { prompt_tokens_details: { cached_tokens: 400 } }],
    ["OpenAI's newer API", { input_tokens_details: { cached_tokens: 400 } }],
    ["DeepSeek", { prompt_cache_hit_tokens: 400, prompt_cache_miss_tokens: 600 }],
    ["Moonshot", { cached_tokens: 400 }],
  ])("says what was cached, as %s does", (_, cached) => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 100, ...cached };
    expect(readUsage(usage)).toEqual({ inputTokens: 1_000, outputTokens: 100, cachedTokens: 400 });
    expect(repairUsage(usage)).toMatchObject({ prompt_tokens_details: { cached_tokens: 400 } });
  });

  it.each([
    ["in details", { completion_tokens_details: { reasoning_tokens: 60 } }],
    ["in details of the output", { output_tokens_details: { reasoning_tokens: 60 } }],
    ["beside the counts", { reasoning_tokens: 60 }],
  ])("says what went into reasoning, %s", (_, reasoning) => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 100, ...reasoning };
    expect(readUsage(usage)?.reasoningTokens).toBe(60);
  });

  it("is read from text", () => {
    expect(readUsage({ prompt_tokens: "12", completion_tokens: " 34 " })).toEqual({
      ...{ inputTokens: 12, outputTokens: 34 },
    });
  });

  it.each([
    ["missing", undefined],
    ["null", null],
    ["a text", "12"],
    ["a list", [1, 2]],
    ["empty", {}],
    ["negative", { prompt_tokens: -1, completion_tokens: -2 }],
    ["broken", { prompt_tokens: 1.5, completion_tokens: Number.NaN }],
    ["endless", { prompt_tokens: Number.POSITIVE_INFINITY, completion_tokens: 1e300 }],
    ["in words", { prompt_tokens: "many", completion_tokens: "" }],
    ["nested", { prompt_tokens: {}, completion_tokens: [] }],
  ])("is none when it is %s", (_, usage) => {
    expect(readUsage(usage)).toBeNull();
    expect(repairUsage(usage)).toBeNull();
  });

  it("says no part that is larger than the whole, or is not a count", () => {
    const usage = { prompt_tokens: 10, completion_tokens: 10 };
    for (const part of [11, -1, 0.5, "x", {}]) {
      const parts = { prompt_tokens_details: { cached_tokens: part }, reasoning_tokens: part };
      expect(readUsage({ ...usage, ...parts })).toEqual({ inputTokens: 10, outputTokens: 10 });
    }
    expect(readUsage({ completion_tokens: 10, cached_tokens: 5 })).toEqual({
      ...{ inputTokens: null, outputTokens: 10 },
    });
  });

  it("is whole numbers within what can be, whatever a provider sends", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (input, output, part) => {
        const read = readUsage({
          ...{ prompt_tokens: input, completion_tokens: output, cached_tokens: part },
          ...{ reasoning_tokens: part, prompt_tokens_details: part },
        });
        for (const count of Object.values(read ?? {}))
          expect(count === null || (Number.isInteger(count) && count >= 0)).toBe(true);
        if (read?.cachedTokens != null)
          expect(read.cachedTokens).toBeLessThanOrEqual(read.inputTokens ?? -1);
        if (read?.reasoningTokens != null)
          expect(read.reasoningTokens).toBeLessThanOrEqual(read.outputTokens ?? -1);
      }),
      { numRuns: 1_000 },
    );
  });
});
