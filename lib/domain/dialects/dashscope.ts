import type { Dialect } from "./dialect-form";
import { generic } from "./generic";
import { writeThinkingBudget } from "./thinking-budget";

/**
 * Alibaba Cloud Model Studio (百炼): a switch and a budget for thinking, thoughts in
 * `reasoning_content`, several answers only without thinking, errors without an `error` around them,
 * and JSON mode only where the prompt speaks of JSON.
 *
 * @see https://help.aliyun.com/zh/model-studio/use-qwen-by-calling-api
 */
export const dashscope: Dialect = {
  ...generic,
  kind: "dashscope",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "yes" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      presencePenalty: "yes",
      stop: "yes",
      seed: "yes",
      responseFormat: "yes",
    },
    outputLimitField: "max_tokens",
    reasoningField: "reasoning_content",
    reasoningBack: "never",
    fixed: [],
  },
  // Temperature is below 2, top_p above 0.
  ranges: { temperature: { max: 1.99 }, topP: { min: 0.01 } },
  wantsWordJson: true,
  writeEffort: writeThinkingBudget,
  fixedWhileThinking: ["n", "responseFormat"],
  // The commercial ones of Qwen 3 think when told to; those of open weights, and 3.5 on, by default.
  thinksUnasked: (modelName) => !/^qwen-|^qwen3-(?:max|vl-(?:plus|flash))/i.test(modelName),
};
