import { countTokens as cl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { beforeAll, describe, expect, it } from "vitest";
import { plainCalibration } from "./calibration";
import { loadCl100k } from "./cl100k";
import { countText } from "./count-text";
import { expectWeights } from "./expected-weights";
import { learnReport } from "./learn-report";
import { makeRuler } from "./ruler";
import { sumCounts } from "./sum-counts";

const english = "The tide tables of the harbour were printed every winter. ".repeat(20);
const chinese = "潮汐表每年冬天印刷一次，渔民们都靠它出海。".repeat(20);

beforeAll(loadCl100k);

describe("the ruler of a model whose encoding is known", () => {
  it("measures as the model counts", () => {
    for (const text of [english, chinese]) {
      expect(makeRuler("gpt-5").measure(countText(text))).toBe(countText(text).o200k);
      const older = makeRuler("gpt-4-turbo");
      expect(older.measure(older.count(text))).toBe(cl100k(text));
    }
    expect(makeRuler("openai/gpt-4o-mini").surety).toBe("exact");
  });

  it("errs on the safe side where a text was not counted by it", () => {
    for (const text of [english, chinese]) {
      const measured = makeRuler("gpt-4").measure(countText(text));
      expect(measured).toBeGreaterThanOrEqual(cl100k(text));
      expect(measured).toBeLessThan(cl100k(text) * 1.4);
    }
  });

  it("learns what the provider adds, and never measures less than the text", () => {
    const counts = countText(english);
    const expected = expectWeights("gpt-5");
    const report = (tokens: number) =>
      Array.from({ length: 20 }).reduce<typeof plainCalibration>(
        (known) => learnReport(known, { counts, messages: 2, tokens }, expected),
        plainCalibration,
      );
    const more = makeRuler("gpt-5", report(counts.o200k + 11 + 150));
    const added = more.measure(counts) + 2 * more.perMessage + more.perCall - counts.o200k;
    expect(added).toBeGreaterThan(140);
    expect(added).toBeLessThan(200);
    const less = makeRuler("gpt-5", report(Math.round(counts.o200k * 0.6)));
    expect(less.measure(counts)).toBe(counts.o200k);
    expect(less.surety).toBe("exact");
  });
});

describe("the ruler of any other model", () => {
  it("is rather too high before the first report", () => {
    for (const text of [english, chinese]) {
      const measured = makeRuler("qwen-plus").measure(countText(text));
      expect(measured).toBeGreaterThan(countText(text).o200k * 1.05);
      expect(measured).toBeLessThan(countText(text).o200k * 1.7);
    }
    expect(makeRuler("qwen-plus").surety).toBe("estimated");
  });

  it("measures as much together as one by one, save for rounding", () => {
    const ruler = makeRuler("glm-4.6");
    const all = [english, chinese, "x = 7;\n\n", "😀"].map((text) => countText(text));
    const apart = all.reduce((sum, counts) => sum + ruler.measure(counts), 0);
    const together = ruler.measure(sumCounts(all));
    expect(apart - together).toBeGreaterThanOrEqual(0);
    expect(apart - together).toBeLessThan(all.length);
  });

  it("takes counts that were made before figures, blanks and bytes were", () => {
    const { o200k, wide, signs } = countText(english);
    const ruler = makeRuler("qwen-plus");
    const [before, now] = [
      ruler.measure({ o200k, wide, signs }),
      ruler.measure(countText(english)),
    ];
    expect(Math.abs(before / now - 1)).toBeLessThan(0.1);
  });
});
