import type { ProviderKind } from "@/lib/contracts/providers";

export type ProviderPreset = {
  kind: Exclude<ProviderKind, "demo">;
  /** In both languages where the provider has two names. */
  name: string;
  nameZh?: string;
  /** Empty where everybody has an address of their own. */
  baseUrl: string;
  /** What an address of one's own looks like. */
  baseUrlHint?: string;
  /** Whether calls without a key are refused. */
  needsKey: boolean;
  /** The page where a key is made; left out where there are none, or the operator makes them. */
  keyUrl?: string;
  /** What a key looks like. */
  keyHint?: string;
  needsApiVersion: boolean;
};

export const openAiBaseUrl = "https://api.openai.com/v1";

/** Providers that people connect most, with the address of their OpenAI-style API. */
export const providerPresets: readonly ProviderPreset[] = [
  {
    kind: "openai",
    name: "OpenAI",
    baseUrl: openAiBaseUrl,
    needsKey: true,
    keyUrl: "https://platform.openai.com/api-keys",
    keyHint: "sk-…",
    needsApiVersion: false,
  },
  {
    kind: "azure",
    name: "Azure OpenAI",
    baseUrl: "",
    baseUrlHint: "https://YOUR-RESOURCE.openai.azure.com",
    needsKey: true,
    keyUrl: "https://ai.azure.com/",
    keyHint: "7c31f0…",
    needsApiVersion: true,
  },
  {
    kind: "deepseek",
    name: "DeepSeek",
    baseUrl: "https://api.deepseek.com",
    needsKey: true,
    keyUrl: "https://platform.deepseek.com/api_keys",
    keyHint: "sk-…",
    needsApiVersion: false,
  },
  {
    kind: "dashscope",
    name: "DashScope",
    nameZh: "通义千问",
    baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    needsKey: true,
    keyUrl: "https://bailian.console.aliyun.com/?tab=model#/api-key",
    keyHint: "sk-…",
    needsApiVersion: false,
  },
  {
    kind: "ark",
    name: "Ark",
    nameZh: "豆包",
    baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
    needsKey: true,
    keyUrl: "https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey",
    keyHint: "5f0c1d2e-8a7b-…",
    needsApiVersion: false,
  },
  {
    kind: "siliconflow",
    name: "SiliconFlow",
    nameZh: "硅基流动",
    baseUrl: "https://api.siliconflow.cn/v1",
    needsKey: true,
    keyUrl: "https://cloud.siliconflow.cn/account/ak",
    keyHint: "sk-…",
    needsApiVersion: false,
  },
  {
    kind: "01-ai",
    name: "01.AI",
    nameZh: "零一万物",
    baseUrl: "https://api.lingyiwanwu.com/v1",
    needsKey: true,
    keyUrl: "https://platform.lingyiwanwu.com/apikeys",
    keyHint: "2b9e4a…",
    needsApiVersion: false,
  },
  {
    kind: "ollama",
    name: "Ollama",
    baseUrl: "http://127.0.0.1:11434/v1",
    needsKey: false,
    needsApiVersion: false,
  },
  {
    kind: "lm-studio",
    name: "LM Studio",
    baseUrl: "http://127.0.0.1:1234/v1",
    needsKey: false,
    needsApiVersion: false,
  },
  {
    kind: "vllm",
    name: "vLLM",
    baseUrl: "http://127.0.0.1:8000/v1",
    needsKey: false,
    needsApiVersion: false,
  },
];
