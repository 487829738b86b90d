import { mergeFacts, type ModelFacts, type ModelFamily } from "./model-family";

const checkedAt = "2026-11-22";
const source = { url: "https://help.aliyun.com/zh/model-studio/models", checkedAt };
const thinkingGuide = {
  url: "https://help.aliyun.com/zh/model-studio/deep-thinking",
  checkedAt,
};

const plain: ModelFacts = {
  capabilities: { tools: "yes", vision: "no", reasoning: "no" },
  parameters: { reasoningEffort: "no" },
};
/** With a switch for thinking, and a budget. */
const hybrid: ModelFacts = {
  capabilities: { tools: "yes", vision: "no", reasoning: "yes" },
  parameters: { reasoningEffort: "yes" },
  reasoningEfforts: ["none", "minimal", "low", "medium", "high"],
};
const seeing = mergeFacts(hybrid, { capabilities: { vision: "yes" } });

/** A name, also with `-latest` or the date of a version behind it. */
const named = (name: string) =>
  new RegExp(`^${name.replaceAll(".", "\\.")}(?:-latest|-\\d{4}-\\d{2}-\\d{2})?$`);

export const dashScopeModels: readonly ModelFamily[] = [
  {
    pattern: named("qwen3.8-max"),
    label: "Qwen3.8 Max",
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    facts: mergeFacts(seeing, { capabilities: { jsonSchema: "yes" } }),
    source,
  },
  {
    pattern: named("qwen3.7-max"),
    label: "Qwen3.7 Max",
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    facts: hybrid,
    source,
  },
  {
    pattern: named("qwen3.7-plus"),
    label: "Qwen3.7 Plus",
    contextWindow: 1_000_000,
    facts: seeing,
    source: { url: "https://vercel.com/ai-gateway/models/qwen3.7-plus", checkedAt },
  },
  {
    pattern: named("qwen3.[56]-plus"),
    contextWindow: 1_000_000,
    maxOutputTokens: 65_536,
    facts: seeing,
    source,
  },
  {
    pattern: named("qwen3-max"),
    label: "Qwen3 Max",
    contextWindow: 262_144,
    maxOutputTokens: 65_536,
    facts: { capabilities: { tools: "yes", vision: "no" } },
    source,
  },
  {
    pattern: named("qwen3-vl-(?:plus|flash)"),
    contextWindow: 262_144,
    maxOutputTokens: 32_768,
    facts: seeing,
    source,
  },
  {
    pattern: named("qwen-(?:plus|flash)"),
    contextWindow: 1_000_000,
    maxOutputTokens: 32_768,
    facts: hybrid,
    source,
  },
  {
    pattern: named("qwen-max"),
    label: "Qwen Max",
    contextWindow: 32_768,
    maxOutputTokens: 8_192,
    facts: plain,
    source,
  },
  { pattern: named("qwen-turbo"), label: "Qwen Turbo", facts: hybrid, source: thinkingGuide },
  { pattern: named("qwen-vl-(?:max|plus)"), facts: { capabilities: { vision: "yes" } }, source },
  {
    // Thinks, whatever it is told.
    pattern: named("qwq-plus"),
    label: "QwQ Plus",
    facts: {
      capabilities: { vision: "no", reasoning: "yes" },
      parameters: { reasoningEffort: "no" },
    },
    source: thinkingGuide,
  },
  {
    pattern: /^qwen3-(?:\d[\d.]*b)(?:-a\d+b)?$/,
    facts: hybrid,
    source: thinkingGuide,
  },
  {
    pattern: /^deepseek-(?:v3\.[12]|v4)/,
    facts: mergeFacts(hybrid, { reasoningEfforts: ["none", "high"] }),
    source: thinkingGuide,
  },
  {
    pattern: /^deepseek-r1/,
    facts: {
      capabilities: { vision: "no", reasoning: "yes" },
      parameters: { reasoningEffort: "no" },
    },
    source: thinkingGuide,
  },
];
