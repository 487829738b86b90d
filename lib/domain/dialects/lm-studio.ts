import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * LM Studio: chat completions for models on a machine of one's own; schemas, but no JSON mode
 * without one.
 *
 * @see https://lmstudio.ai/docs/developer/openai-compat/chat-completions
 * @see https://lmstudio.ai/docs/developer/openai-compat/structured-output
 */
export const lmStudio: Dialect = {
  ...generic,
  kind: "lm-studio",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "no", jsonSchema: "yes" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      frequencyPenalty: "yes",
      presencePenalty: "yes",
      stop: "yes",
      n: "no",
      seed: "yes",
      responseFormat: "yes",
    },
    outputLimitField: "max_tokens",
    reasoningBack: "never",
    reasoningEfforts: ["none", "low", "medium", "high", "xhigh"],
    fixed: [],
  },
};
