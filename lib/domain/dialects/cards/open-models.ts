import type { ModelFacts, ModelFamily } from "./model-family";

const checkedAt = "2026-11-22";
const library = { url: "https://ollama.com/library", checkedAt };
const thinkingModels = { url: "https://docs.ollama.com/capabilities/thinking", checkedAt };
const visionModels = { url: "https://docs.ollama.com/capabilities/vision", checkedAt };

const plain: ModelFacts = {
  capabilities: { vision: "no", reasoning: "no" },
  parameters: { reasoningEffort: "no" },
};
const thinking: ModelFacts = { capabilities: { vision: "no", reasoning: "yes" } };
const seeing: ModelFacts = { capabilities: { vision: "yes" } };

/**
 * Models with open weights, by their names in Ollama, LM Studio, vLLM and SiliconFlow. What they can
 * do is theirs; how long their window is, is up to who runs them.
 */
export const openModels: readonly ModelFamily[] = [
  {
    pattern: /gpt-oss/,
    facts: {
      capabilities: { tools: "yes", vision: "no", reasoning: "yes" },
      reasoningEfforts: ["low", "medium", "high"],
    },
    source: thinkingModels,
  },
  {
    pattern: /vision|omni|multimodal|glm-[45](?:\.\d)?v/,
    facts: seeing,
    source: visionModels,
  },
  {
    pattern: /qwen[23](?:\.5)?-?vl|qwen3\.[5-8]|qvq|llava|bakllava|moondream|minicpm-v|internvl/,
    facts: seeing,
    source: visionModels,
  },
  {
    pattern: /gemma-?4|gemma-?3[-:](?:4|12|27)b|llama-?4|pixtral|mistral-small/,
    facts: seeing,
    source: visionModels,
  },
  { pattern: /kimi-k2\.[5-9]|kimi-k3/, facts: seeing, source: library },
  {
    // These answer at once; their namesakes think.
    pattern: /qwen3.*(?:instruct|coder)/,
    facts: plain,
    source: library,
  },
  {
    pattern: /qwen3|qwq|deepseek-(?:r1|v3\.[12]|v4)|glm-(?:4\.[5-7]|5)|magistral|minimax-m\d/,
    facts: thinking,
    source: thinkingModels,
  },
  { pattern: /kimi-k2-thinking/, facts: thinking, source: library },
  {
    pattern: /llama-?[23]|mistral|mixtral|qwen-?2(?:\.5)?|phi-?[34]|deepseek-v3|yi-/,
    facts: plain,
    source: library,
  },
];
