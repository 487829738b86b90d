import type { ModelOption, ProviderKind } from "@/lib/contracts/providers";
import { findDialect } from "./dialect";
import type { SettledCard } from "./settled-card";

/** How a model thinks, and what it sets itself while it does; null: it does not, as far as is known. */
export function describeThinking(
  kind: ProviderKind,
  modelName: string,
  { capabilities }: Pick<SettledCard, "capabilities">,
): ModelOption["thinking"] {
  if (capabilities.reasoning !== "yes") return null;
  const { thinksUnasked, fixedWhileThinking } = findDialect(kind);
  return { isUnasked: thinksUnasked(modelName), fixes: [...fixedWhileThinking] };
}
