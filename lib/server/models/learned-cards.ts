import "server-only";
import type { CapabilityCard } from "@/lib/contracts/cards";
import type { ResolvedModel } from "../db/aliases";
import { singleton } from "../singleton";

type Learned = { stored: string; card: CapabilityCard; untilMs: number };

// A server may be replaced by a newer one; then a test of the model finds more than a refusal does.
const lifeMs = 60 * 60_000;
const mostModels = 500;

const learned = () => singleton("learned-cards", () => new Map<string, Learned>());

/** The card of a model, with what its refusals have taught since; until the stored one changes. */
export function findLearnedCard({ id, card }: ResolvedModel): CapabilityCard {
  const known = learned().get(id);
  if (known === undefined) return card;
  if (known.untilMs > Date.now() && known.stored === JSON.stringify(card)) return known.card;
  learned().delete(id);
  return card;
}

/** Keeps what a refusal has taught about a model, in this process. */
export function learnCard({ id, card: stored }: ResolvedModel, card: CapabilityCard): void {
  if (learned().size >= mostModels) learned().clear();
  learned().set(id, { stored: JSON.stringify(stored), card, untilMs: Date.now() + lifeMs });
}
