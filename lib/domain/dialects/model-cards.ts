import type { CapabilityCard } from "@/lib/contracts/cards";
import type { ProviderKind } from "@/lib/contracts/providers";
import { arkModels } from "./cards/ark-models";
import { dashScopeModels } from "./cards/dashscope-models";
import { deepSeekModels } from "./cards/deepseek-models";
import type { ModelFamily } from "./cards/model-family";
import { openModels } from "./cards/open-models";
import { openAiModels } from "./cards/openai-models";
import { zeroOneModels } from "./cards/zero-one-models";

/** What ships about a model: how it is called, its limits in tokens, and what it can do. */
export type ModelCard = {
  label: string;
  /** Input and output together; null when that is not documented, or up to who runs it. */
  contextWindow: number | null;
  maxOutputTokens: number | null;
  card: CapabilityCard;
};

const families: Partial<Record<ProviderKind, readonly ModelFamily[]>> = {
  openai: openAiModels,
  // Deployments are named freely, but mostly after their model.
  azure: openAiModels,
  deepseek: deepSeekModels,
  dashscope: dashScopeModels,
  ark: arkModels,
  siliconflow: openModels,
  "01-ai": zeroOneModels,
  ollama: openModels,
  "lm-studio": openModels,
  vllm: openModels,
};

/** The card that ships for a well-known model of a provider; the first family that fits is it. */
export function findModelCard(kind: ProviderKind, modelName: string): ModelCard | null {
  const name = modelName.toLowerCase();
  const family = families[kind]?.find(({ pattern }) => pattern.test(name));
  if (family === undefined) return null;
  const { label, contextWindow = null, maxOutputTokens = null, facts, source } = family;
  return {
    label: label ?? modelName,
    contextWindow,
    maxOutputTokens,
    card: {
      capabilities: facts.capabilities ?? {},
      parameters: facts.parameters ?? {},
      ...facts,
      source: "preset",
      sourceUrl: source.url,
      checkedAt: source.checkedAt,
      fixed: [],
    },
  };
}
