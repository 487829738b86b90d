import { mergeFacts, type ModelFacts, type ModelFamily } from "./model-family";

const source = {
  url: "https://api-docs.deepseek.com/quick_start/pricing",
  checkedAt: "2026-11-22",
};
const limits = { contextWindow: 1_000_000, maxOutputTokens: 384_000, source };

const hybrid: ModelFacts = {
  capabilities: { tools: "yes", json: "yes", reasoning: "yes" },
  parameters: { reasoningEffort: "yes" },
};

/**
 * `deepseek-chat` and `deepseek-reasoner` have no card: DeepSeek retired these names on 2026-07-24,
 * and what else answers to them may be any of the models that they stood for, with windows from
 * 64,000 tokens to a million.
 */
export const deepSeekModels: readonly ModelFamily[] = [
  {
    // The older names are answered by the newer model.
    pattern: /^deepseek-(?:flash|v4-flash(?:-vision-exp)?)$/,
    facts: mergeFacts(hybrid, {
      capabilities: { vision: "yes" },
      reasoningEfforts: ["none", "low", "high", "xhigh"],
    }),
    ...limits,
  },
  {
    pattern: /^deepseek-v4-pro$/,
    label: "DeepSeek V4 Pro",
    facts: mergeFacts(hybrid, {
      capabilities: { vision: "no" },
      reasoningEfforts: ["none", "high", "xhigh"],
    }),
    ...limits,
  },
];
