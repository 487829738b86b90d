import { countTokens as countO200k } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { loadCl100k } from "./cl100k";
import { addCl100k, countText, countTokens } from "./count-text";

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
    expect(countTokens("<|im_start|>system<|im_end|>")).toBeGreaterThan(6);
  });

  it.each(["a", "人", "👩‍👩‍👧", "\n", " ", "\u0301", "─", "𠮷"])(
    "stays fast on 400,000 characters of %j",
    (character) => {
      const startedMs = performance.now();
      const text = character.repeat(400_000 / character.length);
      expect(countText(text).o200k).toBeGreaterThan(1000);
      expect(performance.now() - startedMs).toBeLessThan(5_000);
    },
  );

  it("counts the same in pieces as at once, where words end", () => {
    const english = "The quick brown fox jumps over the lazy dog, twice; nobody knows why.\n";
    const chinese = "我们在说话，你们在听；没有人知道为什么。";
    const code = "  if (value !== null) {\n    return value;\n  }\n\n";
    for (const text of [english, chinese, code].map((one) => one.repeat(200)))
      expect(countTokens(text)).toBe(countO200k(text));
  });

  it("takes half a surrogate pair for a sign", () => {
    expect(countText("\ud83d").signs).toBe(1);
    expect(countText("a".repeat(999) + "😀".repeat(2_000)).signs).toBe(2_000);
  });
});

describe("countText", () => {
  it("counts nothing for nothing", () => {
    const none = { o200k: 0, wide: 0, signs: 0, digits: 0, blanks: 0, bytes: 0 };
    expect(countText("")).toEqual(none);
  });

  it("counts what tokenizers treat differently", () => {
    const { o200k: _, ...counts } = countText("Hi  there 7%,\n你好。한국어 𠮷😀");
    expect(counts).toEqual({ wide: 6, signs: 5, digits: 1, blanks: 3, bytes: 41 });
  });

  it("counts by cl100k too where that is asked for, once it is loaded", async () => {
    expect(countText("人工智能", true).cl100k).toBeUndefined();
    await loadCl100k();
    const { cl100k } = countText("人工智能", true);
    expect(cl100k).toBe(5);
    expect(countText("人工智能").cl100k).toBeUndefined();
    expect(addCl100k(countText("人工智能"), "人工智能").cl100k).toBe(cl100k);
  });
});
