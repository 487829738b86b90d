import { describe, expect, it } from "vitest";
import { capabilityNames, emptyCard } from "@/lib/contracts/cards";
import { parameterNames } from "@/lib/contracts/parameters";
import { providerKinds } from "@/lib/contracts/providers";
import { deepSeekPrices } from "../pricing/presets/deepseek-prices";
import { openAiPrices } from "../pricing/presets/openai-prices";
import { findModelCard } from "./model-cards";
import { settleCard } from "./settle-card";

describe("settleCard", () => {
  it("decides every fact for every kind of provider", () => {
    for (const kind of providerKinds) {
      const settled = settleCard(kind, "anything", emptyCard);
      expect(Object.keys(settled.capabilities)).toEqual([...capabilityNames]);
      expect(Object.keys(settled.parameters)).toEqual(parameterNames);
    }
  });

  it("lets the stored card overrule the shipped one, and that the dialect", () => {
    expect(settleCard("deepseek", "other", emptyCard).capabilities.vision).toBe("unknown");
    expect(settleCard("deepseek", "deepseek-v4-pro", emptyCard).capabilities.vision).toBe("no");
    const stored = { ...emptyCard, capabilities: { vision: "yes", json: "unknown" } } as const;
    const settled = settleCard("deepseek", "deepseek-v4-pro", stored);
    expect(settled.capabilities).toMatchObject({ vision: "yes", json: "yes", jsonSchema: "no" });
  });

  it("does not let an old copy of a shipped card stand in the way of a newer one", () => {
    const old = { ...emptyCard, capabilities: { vision: "yes" }, source: "preset" } as const;
    expect(settleCard("deepseek", "deepseek-v4-pro", old).capabilities.vision).toBe("no");
    expect(settleCard("deepseek", "not-listed", old).capabilities.vision).toBe("yes");
  });
});

describe("findModelCard", () => {
  it("says for each card where it comes from and when", () => {
    for (const [kind, name] of [
      ["openai", "gpt-4o-mini"],
      ["azure", "gpt-5.2"],
      ["deepseek", "deepseek-flash"],
      ["dashscope", "qwen3.6-plus"],
      ["ark", "doubao-seed-2-0-pro-260215"],
      ["siliconflow", "deepseek-ai/DeepSeek-R1"],
      ["01-ai", "yi-lightning"],
      ["ollama", "gemma3:12b"],
      ["lm-studio", "openai/gpt-oss-20b"],
      ["vllm", "Qwen/Qwen2.5-VL-7B-Instruct"],
    ] as const) {
      const found = findModelCard(kind, name);
      expect(found?.card).toMatchObject({
        source: "preset",
        sourceUrl: expect.stringMatching(/^https:\/\//),
        checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
      expect(found?.label).not.toBe("");
    }
  });

  it("claims nothing of models that it does not know, nor of other things with such names", () => {
    expect(findModelCard("openai-compatible", "gpt-4o")).toBeNull();
    for (const name of [
      "gpt-image-1",
      "gpt-4o-realtime-preview",
      "gpt-4o-transcribe",
      "text-embedding-3-small",
      "gpt-5-codex",
      "my-gpt-4o",
    ])
      expect(findModelCard("openai", name)).toBeNull();
  });

  it("tells a model's limits where they are documented", () => {
    expect(findModelCard("openai", "gpt-4o-2024-08-06")).toMatchObject({
      contextWindow: 128_000,
      maxOutputTokens: 16_384,
    });
    expect(findModelCard("dashscope", "qwen-plus-latest")).toMatchObject({
      contextWindow: 1_000_000,
    });
    // How long it is here is up to who runs the server.
    expect(findModelCard("ollama", "qwen3:8b")?.contextWindow).toBeNull();
  });

  it("has a card for each model of OpenAI and DeepSeek whose price ships", () => {
    for (const [kind, prices] of [
      ["openai", openAiPrices],
      ["deepseek", deepSeekPrices],
    ] as const)
      for (const name of prices.flatMap(({ names }) => names))
        expect([name, findModelCard(kind, name)?.card.source]).toEqual([name, "preset"]);
  });

  it("claims nothing of names that were retired, which anything may answer to", () => {
    for (const name of ["deepseek-chat", "deepseek-reasoner"])
      expect(findModelCard("deepseek", name)).toBeNull();
  });

  it("knows how much the newest models of a family can be told to think", () => {
    expect(findModelCard("openai", "gpt-6.1-sol")).toMatchObject({
      contextWindow: 1_050_000,
      maxOutputTokens: 128_000,
      card: { reasoningEfforts: ["low", "medium", "high", "xhigh"] },
    });
    expect(findModelCard("openai", "gpt-6.2-sol")?.contextWindow).toBe(1_050_000);
    expect(findModelCard("dashscope", "qwen3.7-plus")).toMatchObject({
      contextWindow: 1_000_000,
      maxOutputTokens: null,
      card: { capabilities: { vision: "yes", reasoning: "yes" } },
    });
  });

  it("knows by its name whether an open model sees", () => {
    const sees = (name: string) => findModelCard("ollama", name)?.card.capabilities.vision;
    for (const name of ["llama3.2-vision", "gemma3:4b", "qwen2.5vl:7b", "llava:13b", "qwen3-vl:8b"])
      expect([name, sees(name)]).toEqual([name, "yes"]);
    for (const name of ["llama3.2:3b", "qwen3:8b", "deepseek-r1:14b", "gpt-oss:20b", "mistral:7b"])
      expect([name, sees(name)]).toEqual([name, "no"]);
  });
});
