import type { ProviderKind } from "@/lib/contracts/providers";

export type ProviderPreset = {
  kind: Exclude<ProviderKind, "demo">;
  /** In both languages where the provider has two names. */
  name: string;
  nameZh?: string;
  baseUrl: string;
  /** Whether calls without a key are refused. */
  needsKey: boolean;
};

export const openAiBaseUrl = "https://api.openai.com/v1";

/** Providers that people connect most, with the address of their OpenAI-style API. */
export const providerPresets: readonly ProviderPreset[] = [
  { kind: "openai", name: "OpenAI", baseUrl: openAiBaseUrl, needsKey: true },
  {
    kind: "openai-compatible",
    name: "DeepSeek",
    baseUrl: "https://api.deepseek.com",
    needsKey: true,
  },
  {
    kind: "openai-compatible",
    name: "DashScope",
    nameZh: "通义千问",
    baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    needsKey: true,
  },
  {
    kind: "openai-compatible",
    name: "Ark",
    nameZh: "豆包",
    baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
    needsKey: true,
  },
  {
    kind: "openai-compatible",
    name: "SiliconFlow",
    nameZh: "硅基流动",
    baseUrl: "https://api.siliconflow.cn/v1",
    needsKey: true,
  },
  {
    kind: "openai-compatible",
    name: "01.AI",
    nameZh: "零一万物",
    baseUrl: "https://api.lingyiwanwu.com/v1",
    needsKey: true,
  },
  { kind: "ollama", name: "Ollama", baseUrl: "http://127.0.0.1:11434/v1", needsKey: false },
  { kind: "lm-studio", name: "LM Studio", baseUrl: "http://127.0.0.1:1234/v1", needsKey: false },
];
