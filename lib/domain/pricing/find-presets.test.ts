import { describe, expect, it } from "vitest";
import { pricePresetSchema } from "@/lib/contracts/prices";
import { findPricePresets, shippedPrices } from "./find-presets";

const openAi = { kind: "openai", baseUrl: "https://api.openai.com/v1" } as const;
const deepSeek = { kind: "deepseek", baseUrl: "https://api.deepseek.com" } as const;

describe("every price that ships", () => {
  it.each(shippedPrices.map((price) => [price.names[0], price] as const))(
    "says where it is from and when it was read: %s",
    (_, { names, preset }) => {
      expect(pricePresetSchema.parse(preset)).toEqual(preset);
      expect(preset.source.url).toMatch(/^https:\/\//);
      expect(preset.source.seenOn > "2025" && preset.source.seenOn <= "2026-11-22").toBe(true);
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(name).toBe(name.trim().toLowerCase());
    },
  );

  it.each(shippedPrices.map((price) => [price.names[0], price.preset.amounts] as const))(
    "is in order: cached input costs no more than input, and that no more than output: %s",
    (_, { inputMicros, cachedInputMicros, outputMicros }) => {
      expect(inputMicros).toBeGreaterThan(0);
      expect(cachedInputMicros ?? 0).toBeLessThanOrEqual(inputMicros);
      expect(inputMicros).toBeLessThanOrEqual(outputMicros);
    },
  );
});

describe("what is suggested", () => {
  it("is the price of exactly that model, whatever the case of its name", () => {
    expect(findPricePresets(openAi, "gpt-4o")).toMatchObject([
      { amounts: { currency: "USD", inputMicros: 2_500_000, outputMicros: 10_000_000 } },
    ]);
    expect(findPricePresets(openAi, " GPT-4o ")).toEqual(findPricePresets(openAi, "gpt-4o"));
  });

  it("reaches a dated snapshot only where it costs the same", () => {
    expect(findPricePresets(openAi, "gpt-4o-2024-08-06")).toHaveLength(1);
    expect(findPricePresets(openAi, "gpt-4o-2024-05-13")).toEqual([]);
  });

  it.each([
    "my-own-model",
    "gpt-4o-finetuned",
    "ft:gpt-4o-2024-08-06:acme::1",
    "gpt-4",
    "openai/gpt-4o",
    "not-gpt-4o",
    "",
    "constructor",
    "deepseek-flash",
  ])("is nothing for %j", (name) => {
    expect(findPricePresets(openAi, name)).toEqual([]);
  });

  it("is a seller's own: the same name elsewhere has none", () => {
    const elsewhere = { kind: "openai-compatible", baseUrl: "https://models.example/v1" } as const;
    for (const { names } of shippedPrices)
      for (const name of names) expect(findPricePresets(elsewhere, name)).toEqual([]);
    expect(
      findPricePresets({ kind: "azure", baseUrl: "https://us.openai.azure.com" }, "gpt-4o"),
    ).toEqual([]);
    expect(
      findPricePresets(
        { kind: "dashscope", baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1" },
        "qwen-max",
      ),
    ).toEqual([]);
  });

  it("goes by the dialect behind a proxy, and by the host of an OpenAI-style connection", () => {
    expect(
      findPricePresets({ kind: "openai", baseUrl: "http://127.0.0.1:4100/v1" }, "gpt-4o"),
    ).toHaveLength(1);
    expect(
      findPricePresets(
        { kind: "openai-compatible", baseUrl: "https://api.moonshot.ai/v1" },
        "kimi-k3",
      ),
    ).toHaveLength(1);
    const stranger = { kind: "openai-compatible", baseUrl: "http://constructor/v1" } as const;
    expect(findPricePresets(stranger, "gpt-4o")).toEqual([]);
    expect(findPricePresets({ kind: "openai", baseUrl: "no address" }, "gpt-4o")).toHaveLength(1);
  });

  it("is one for each currency that an account can be charged in", () => {
    expect(
      findPricePresets(deepSeek, "deepseek-flash").map(({ amounts }) => amounts.currency),
    ).toEqual(["CNY", "USD"]);
  });
});
