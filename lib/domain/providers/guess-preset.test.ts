import { describe, expect, it } from "vitest";
import { guessPreset } from "./guess-preset";

describe("the provider behind an address", () => {
  it.each([
    ["https://api.openai.com/v1", "openai"],
    ["https://api.deepseek.com", "deepseek"],
    ["https://api.deepseek.com/v1", "deepseek"],
    ["https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "dashscope"],
    ["https://ark.cn-beijing.volces.com/api/v3", "ark"],
    ["https://api.siliconflow.com/v1", "siliconflow"],
    ["https://api.lingyiwanwu.com/v1", "01-ai"],
    ["http://ollama:11434/v1", "ollama"],
  ])("is known by its host: %s", (baseUrl, kind) => {
    expect(guessPreset(baseUrl)?.kind).toBe(kind);
  });

  it.each([
    "https://llm.example.com/v1",
    "https://api.deepseek.com.example.com/v1",
    "https://example.com/api.openai.com/v1",
    "https://my-resource.openai.azure.com/openai/v1",
  ])("is nobody's that we know: %s", (baseUrl) => {
    expect(guessPreset(baseUrl)).toBeNull();
  });
});
