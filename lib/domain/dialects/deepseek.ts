import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

// Three steps besides off; its names for them.
const efforts: Record<string, string> = { low: "low", high: "high", xhigh: "max" };

/**
 * DeepSeek: thinks unless told not to, and then takes sampling without heeding it. Thoughts come in
 * `reasoning_content` and do not go back: they are ignored, except beside calls of tools. JSON mode
 * without schemas, and only where the prompt speaks of JSON.
 *
 * @see https://api-docs.deepseek.com/guides/thinking_mode
 * @see https://api-docs.deepseek.com/guides/json_mode
 */
export const deepseek: Dialect = {
  ...generic,
  kind: "deepseek",
  card: {
    capabilities: {
      streaming: "yes",
      usageInStream: "yes",
      tools: "yes",
      json: "yes",
      jsonSchema: "no",
    },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      frequencyPenalty: "yes",
      presencePenalty: "yes",
      stop: "yes",
      n: "no",
      seed: "no",
      responseFormat: "yes",
    },
    outputLimitField: "max_tokens",
    reasoningField: "reasoning_content",
    reasoningBack: "never",
    fixed: [],
  },
  mostStops: 16,
  wantsWordJson: true,
  writeEffort: (effort) => {
    if (effort === "none") return { fields: { thinking: { type: "disabled" } }, isExact: true };
    const name = efforts[effort];
    return {
      fields: { thinking: { type: "enabled" }, reasoning_effort: name ?? "high" },
      isExact: name !== undefined,
    };
  },
  fixedWhileThinking: ["temperature", "frequencyPenalty", "presencePenalty"],
  thinksUnasked: (modelName) => modelName !== "deepseek-chat",
};
