import type { ProviderKind } from "@/lib/contracts/providers";
import { findModelCard } from "./model-cards";

type Limits = { contextWindow: number | null; maxOutputTokens: number | null };

/** A model with the limits that ship for it, in tokens, where none of its own are stored. */
export function fillLimits<Model extends Limits & { name: string }>(
  kind: ProviderKind,
  model: Model,
): Model {
  if (model.contextWindow !== null && model.maxOutputTokens !== null) return model;
  const shipped = findModelCard(kind, model.name);
  if (shipped === null) return model;
  return {
    ...model,
    contextWindow: model.contextWindow ?? shipped.contextWindow,
    maxOutputTokens: model.maxOutputTokens ?? shipped.maxOutputTokens,
  };
}
