import { describe, expect, it } from "vitest";
import { showPrice, showWindow } from "./model-facts";

describe("a window", () => {
  it.each([
    [128_000, "128k"],
    [131_072, "128k"],
    [32_768, "32k"],
    [8_192, "8k"],
    [200_000, "200k"],
    [1_000_000, "1M"],
    [1_048_576, "1M"],
    [1_047_576, "1M"],
    [10_485_760, "10M"],
    [16_385, "16k"],
    [1_500, "1.5k"],
    [500, "500"],
  ])("of %i tokens is called %s", (tokens, name) => {
    expect(showWindow(tokens)).toBe(name);
  });
});

describe("a price", () => {
  it("is money in its own currency, as fine as it is", () => {
    const yuan = { currency: "CNY", inputMicros: 2_000_000, outputMicros: 8_500_000 } as const;
    expect(showPrice(yuan, "zh-CN")).toEqual({ input: "¥2", output: "¥8.50" });
    expect(showPrice(yuan, "en")).toEqual({ input: "¥2", output: "¥8.50" });
    const dollars = { currency: "USD", inputMicros: 37_500, outputMicros: 0 } as const;
    expect(showPrice(dollars, "en")).toEqual({ input: "$0.0375", output: "$0" });
  });
});
