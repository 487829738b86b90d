import { capabilityNames, type CapabilityCard, type Verdict } from "@/lib/contracts/cards";
import { parameterNames } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import { findDialect } from "./dialect";
import { findModelCard } from "./model-cards";
import type { SettledCard } from "./settled-card";

/**
 * Decides every fact about a model: what its dialect says of all its models, then the card that
 * ships for it, then the stored one, each overruling the one before where it knows something.
 */
export function settleCard(
  kind: ProviderKind,
  modelName: string,
  card: CapabilityCard,
): SettledCard {
  const shipped = findModelCard(kind, modelName)?.card;
  // A stored copy of a shipped card may be of an older release.
  const stored = card.source === "preset" && shipped !== undefined ? undefined : card;
  const layers = [findDialect(kind).card, shipped, stored].filter((layer) => layer !== undefined);
  const last = <Name extends keyof CapabilityCard>(name: Name) =>
    layers.reduce<CapabilityCard[Name] | undefined>(
      (known, layer) => layer[name] ?? known,
      undefined,
    );
  return {
    capabilities: decide(
      capabilityNames,
      layers.map(({ capabilities }) => capabilities),
    ),
    parameters: decide(
      parameterNames,
      layers.map(({ parameters }) => parameters),
    ),
    outputLimitField: last("outputLimitField") ?? "max_tokens",
    reasoningField: last("reasoningField") ?? null,
    reasoningBack: last("reasoningBack") ?? "never",
    reasoningEfforts: last("reasoningEfforts") ?? null,
    systemRole: last("systemRole") ?? "system",
  };
}

function decide<Name extends string>(
  names: readonly Name[],
  layers: readonly Partial<Record<Name, Verdict>>[],
): Record<Name, Verdict> {
  const decided = names.map((name): [Name, Verdict] => [
    name,
    layers.reduce<Verdict>((known, layer) => {
      const verdict = layer[name];
      return verdict === undefined || verdict === "unknown" ? known : verdict;
    }, "unknown"),
  ]);
  return Object.fromEntries(decided) as Record<Name, Verdict>;
}
