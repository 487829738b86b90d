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
  if (diagnosis !== null && knows(toCard(emptyCard, diagnosis), path))
    return { from: "diagnosis", date: diagnosis.checkedAt };
  const shipped = findModelCard(kind, model.name);
  const isSize = path === "contextWindow" || path === "maxOutputTokens";
  if (shipped !== null && (isSize ? shipped[path] !== null : knows(shipped.card, path))) {
    const { checkedAt = null, sourceUrl = null } = shipped.card;
    return { from: "preset", date: checkedAt, url: sourceUrl };
  }
  return knows(findDialect(kind).card, path) ? { from: "dialect" } : { from: "none" };
}

/** What holds while nobody has set it by hand. */
export function settleAutomatic(model: Model, kind: ProviderKind) {
  return settleCard(kind, model.name, model.card);
}

/** What somebody has set by hand; undefined where it is automatic. */
export function readFixed(card: CapabilityCard, path: FactPath): unknown {
  return card.fixed.includes(path) ? readFact(card, path) : undefined;
}

/** Whether a card says something of a fact. */
function knows(card: CapabilityCard, path: FactPath): boolean {
  const value = readFact(card, path);
  return value !== undefined && value !== "unknown";
}

function readFact(card: CapabilityCard, path: FactPath): unknown {
  const [group = "", name] = path.split(".");
  const value = (card as Readonly<Record<string, unknown>>)[group];
  if (name === undefined) return value;
  return (value as Readonly<Record<string, Verdict | undefined>> | undefined)?.[name];
}
