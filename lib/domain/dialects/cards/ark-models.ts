import type { ModelFacts, ModelFamily } from "./model-family";

const checkedAt = "2026-11-22";
const source = { url: "https://www.volcengine.com/docs/82379/1330310", checkedAt };
const thinkingGuide = { url: "https://www.volcengine.com/docs/82379/1449737", checkedAt };

const seed: ModelFacts = {
  capabilities: { tools: "yes", vision: "yes", reasoning: "yes" },
  parameters: { reasoningEffort: "yes" },
};
const inSteps: ModelFacts = {
  ...seed,
  reasoningEfforts: ["none", "minimal", "low", "medium", "high"],
};
const onOrOff: ModelFacts = { ...seed, reasoningEfforts: ["none", "high"] };

/** Doubao's models by their ids, which end with the date of a version. */
export const arkModels: readonly ModelFamily[] = [
  {
    pattern: /^doubao-seed-(?:2[.-][01]|1[.-]8)(?:-|$)/,
    contextWindow: 256_000,
    facts: inSteps,
    source: thinkingGuide,
  },
  {
    pattern: /^doubao-seed-1[.-]6-(?:lite-)?251015$/,
    contextWindow: 256_000,
    facts: inSteps,
    source: thinkingGuide,
  },
  {
    pattern: /^doubao-seed-1[.-]6(?:-(?:flash|vision|lite))?(?:-\d{6})?$/,
    contextWindow: 256_000,
    facts: onOrOff,
    source: thinkingGuide,
  },
  {
    pattern: /^doubao-seed-1[.-]6-thinking/,
    contextWindow: 256_000,
    facts: { ...seed, parameters: { reasoningEffort: "no" } },
    source: thinkingGuide,
  },
  {
    pattern: /^doubao-1[.-]5-vision-pro/,
    facts: { capabilities: { vision: "yes", reasoning: "no" } },
    source,
  },
  {
    pattern: /^doubao-1[.-]5-(?:pro|lite)-(?:32k|256k)/,
    facts: {
      capabilities: { tools: "yes", vision: "no", reasoning: "no" },
      parameters: { reasoningEffort: "no" },
    },
    source,
  },
  {
    pattern: /^deepseek-(?:v3[.-]|v4)/,
    facts: {
      capabilities: { tools: "yes", vision: "no", reasoning: "yes" },
      parameters: { reasoningEffort: "yes" },
      reasoningEfforts: ["none", "high"],
    },
    source: thinkingGuide,
  },
];
