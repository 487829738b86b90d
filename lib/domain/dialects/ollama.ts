import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * Ollama: a subset of chat completions for models on a machine of one's own; one answer at a time,
 * schemas for every model, thoughts in `reasoning`.
 *
 * @see https://docs.ollama.com/api/openai-compatibility
 */
export const ollama: Dialect = {
  ...generic,
  kind: "ollama",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "yes", jsonSchema: "yes" },
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
    reasoningField: "reasoning",
    reasoningBack: "never",
    reasoningEfforts: ["none", "low", "medium", "high"],
    fixed: [],
  },
};
