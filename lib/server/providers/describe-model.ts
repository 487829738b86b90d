import "server-only";
import type { ProviderKind } from "@/lib/contracts/providers";
import { findModelCard } from "@/lib/domain/dialects/model-cards";
import type { NewModel } from "../db/default-alias";

/** A model to store: with the card that ships for it, where there is one. */
export function describeModel(kind: ProviderKind, name: string): NewModel {
  const known = findModelCard(kind, name);
  if (known === null)
    return { name, label: name, contextWindow: null, maxOutputTokens: null, card: {} };
  return { name, ...known };
}
