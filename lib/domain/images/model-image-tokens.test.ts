import { describe, expect, it } from "vitest";
import { countImageTokens } from "./model-image-tokens";

describe("the tokens of an image for a model", () => {
  it.each([
    // As documented, or measured: never lower, and not far above.
    ["gpt-4o", 1024, 1024, 765],
    ["gpt-4o-mini", 1024, 1024, 25_501],
    ["gpt-4.1-mini", 1024, 1024, 1_659],
    ["gpt-5-nano", 1800, 2400, 3_779],
    ["qwen2.5-vl-72b-instruct", 1024, 1024, 1_369],
    ["Qwen/Qwen2-VL-72B-Instruct", 224, 448, 128],
    ["qwen3-vl-plus", 1024, 1024, 1_024],
    ["doubao-1.5-vision-pro", 1024, 1024, 1_338],
    ["glm-4.5v", 1024, 1024, 1_369],
    ["claude-sonnet-4-5", 1000, 1000, 1_334],
  ])("%s: %i x %i", (name, width, height, documented) => {
    const counted = countImageTokens(name, { width, height });
    expect(counted).toBeGreaterThanOrEqual(documented);
    expect(counted).toBeLessThanOrEqual(documented * 1.1 + 4);
  });

  it("is the larger of the common rules for a model of which nothing is known", () => {
    const size = { width: 2048, height: 1536 };
    const unknown = countImageTokens("our-model", size);
    for (const known of ["gpt-4o", "qwen2.5-vl-7b", "claude-opus-4", "gpt-4.1"])
      expect(unknown).toBeGreaterThanOrEqual(countImageTokens(known, size));
    expect(countImageTokens("our-model", { width: 1, height: 1 })).toBe(255);
  });
});
