import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * OpenAI's own form: the one that all others are measured by. Its reasoning models set the sampling
 * themselves while they think; those whose effort may be `none` take it then.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const openai: Dialect = {
  ...generic,
  kind: "openai",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "yes" },
    parameters: { maxOutputTokens: "yes", responseFormat: "yes" },
    outputLimitField: "max_completion_tokens",
    reasoningField: "none",
    fixed: [],
  },
  wantsWordJson: true,
  fixedWhileThinking: ["temperature", "topP", "frequencyPenalty", "presencePenalty"],
  // Since GPT-5.1 they think only when told to.
  thinksUnasked: (modelName) => !/gpt-5\.[1-4]\b/i.test(modelName),
};
