import {
  emptyCard,
  type CapabilityCard,
  type CapabilityName,
  type Verdict,
} from "@/lib/contracts/cards";
import type { ParameterName } from "@/lib/contracts/parameters";
import type { Model, ProviderKind } from "@/lib/contracts/providers";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { findModelCard } from "@/lib/domain/dialects/model-cards";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import { toCard } from "@/lib/domain/diagnosis/to-card";

export type WireFact = "outputLimitField" | "reasoningField" | "reasoningBack" | "systemRole";

/** A fact of a card, named as in its `fixed`. */
export type FactPath =
  | `capabilities.${CapabilityName}`
  | `parameters.${ParameterName}`
  | WireFact
  | "reasoningEfforts"
  | "contextWindow"
  | "maxOutputTokens";

export type FactOrigin =
  | { from: "hand" }
  | { from: "dialect" }
  | { from: "none" }
  | { from: "diagnosis"; date: string }
  | { from: "preset"; date: string | null; url: string | null };

/** Where a fact comes from: the strongest that says something of it. */
export function findOrigin(model: Model, kind: ProviderKind, path: FactPath): FactOrigin {
  if (model.card.fixed.includes(path)) return { from: "hand" };
  const { diagnosis } = model;
  if (diagnosis !== null && readFact(toCard(emptyCard, diagnosis), path) !== undefined)
    return { from: "diagnosis", date: diagnosis.checkedAt };
  const shipped = findModelCard(kind, model.name);
  const known =
    path === "contextWindow" || path === "maxOutputTokens"
      ? (shipped?.[path] ?? undefined)
      : shipped && readFact(shipped.card, path);
  if (shipped !== null && known !== undefined && known !== null) {
    const { checkedAt = null, sourceUrl = null } = shipped.card;
    return { from: "preset", date: checkedAt, url: sourceUrl };
  }
  return readFact(findDialect(kind).card, path) === undefined
    ? { from: "none" }
    : { from: "dialect" };
}

/** What holds while nobody has set it by hand. */
export function settleAutomatic(model: Model, kind: ProviderKind) {
  return settleCard(kind, model.name, model.card);
}

/** What somebody has set by hand; undefined where it is automatic. */
export function readFixed(card: CapabilityCard, path: FactPath): unknown {
  return card.fixed.includes(path) ? readFact(card, path) : undefined;
}

function readFact(card: CapabilityCard, path: FactPath): unknown {
  const [group = "", name] = path.split(".");
  const value = (card as Readonly<Record<string, unknown>>)[group];
  if (name === undefined) return value;
  const verdict = (value as Readonly<Record<string, Verdict | undefined>> | undefined)?.[name];
  return verdict === "unknown" ? undefined : verdict;
}
