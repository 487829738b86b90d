import { describe, expect, it } from "vitest";
import { countText, countTokens } from "./count-text";

describe("countTokens", () => {
  it("counts with a real tokenizer, in English and in Chinese", () => {
    expect(countTokens("hello world")).toBe(2);
    const chinese = "人工智能正在改变我们的生活方式。";
    // Characters / 4 would say 4.
    expect(countTokens(chinese)).toBeGreaterThan(6);
    expect(countTokens(chinese)).toBeLessThan(16);
  });

  it("takes text that looks like a special token for what it is: text", () => {
    expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
  });

  it("stays fast on long text without a space", () => {
    const startedMs = performance.now();
    expect(countTokens("a".repeat(400_000))).toBeGreaterThan(1000);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it("counts nothing for nothing", () => {
    expect(countTokens("")).toBe(0);
    expect(countText("")).toEqual({ o200k: 0, wide: 0, signs: 0 });
  });
});
