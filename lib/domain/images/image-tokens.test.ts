import { describe, expect, it } from "vitest";
import { estimateImageTokens } from "./image-tokens";

describe("the tokens of an image", () => {
  it.each([
    // The two examples of OpenAI's documentation.
    [1024, 1024, 765],
    [2048, 4096, 1105],
    // One tile at least, however small.
    [1, 1, 255],
    [512, 512, 255],
    [513, 512, 425],
  ])("of %i x %i are %i", (width, height, tokens) => {
    expect(estimateImageTokens({ width, height })).toBe(tokens);
  });
});
