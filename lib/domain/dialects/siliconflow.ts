import type { Dialect } from "./dialect-form";
import { generic } from "./generic";
import { writeThinkingBudget } from "./thinking-budget";

/**
 * SiliconFlow (硅基流动): open models under one roof, a switch and a budget for thinking, thoughts in
 * `reasoning_content`, usage in every chunk, flat errors with a number.
 *
 * @see https://docs.siliconflow.cn/cn/api-reference/chat-completions/chat-completions
 */
export const siliconflow: Dialect = {
  ...generic,
  kind: "siliconflow",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "yes" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      frequencyPenalty: "yes",
      stop: "yes",
      responseFormat: "yes",
    },
    outputLimitField: "max_tokens",
    reasoningField: "reasoning_content",
    reasoningBack: "never",
    fixed: [],
  },
  wantsWordJson: true,
  writeEffort: writeThinkingBudget,
};
