import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * vLLM: all of chat completions, several answers and schemas included; what a model can do is up to
 * the model. Whether it thinks is told to its chat template.
 *
 * @see https://docs.vllm.ai/en/latest/serving/openai_compatible_server
 */
export const vllm: Dialect = {
  ...generic,
  kind: "vllm",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes", json: "yes", jsonSchema: "yes" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      frequencyPenalty: "yes",
      presencePenalty: "yes",
      stop: "yes",
      n: "yes",
      seed: "yes",
      responseFormat: "yes",
    },
    outputLimitField: "max_tokens",
    reasoningBack: "never",
    fixed: [],
  },
  writeEffort: (effort, { modelName }) => {
    if (/gpt-oss/i.test(modelName)) return { fields: { reasoning_effort: effort }, isExact: true };
    // The templates of Qwen, GLM and DeepSeek know a switch, by one of these two names.
    const isOn = effort !== "none";
    return {
      fields: { chat_template_kwargs: { enable_thinking: isOn, thinking: isOn } },
      isExact: !isOn || effort === "high",
    };
  },
};
