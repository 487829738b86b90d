import "server-only";
import type { ProviderKind } from "@/lib/contracts/providers";
import type { NewModel } from "../db/default-alias";

/** A model to store: with the card that ships for it, where there is one. */
export function describeModel(_kind: ProviderKind, name: string): NewModel {
  return { name, label: name, contextWindow: null, maxOutputTokens: null, card: {} };
}
