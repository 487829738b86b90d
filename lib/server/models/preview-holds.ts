import "server-only";
import type { BudgetStanding } from "@/lib/contracts/budgets";
import type { Actor } from "@/lib/domain/actor";
import { addHeld, nothingHeld } from "@/lib/domain/ledger/held-amount";
import { findTightest } from "@/lib/domain/ledger/tightest";
import { findOwnBudgets } from "../db/own-budgets";
import { previewBudgets, type BudgetPreview } from "../db/preview-budgets";
import { getInstanceSettings } from "../db/settings";
import { boundCall } from "./bound-call";
import { findAsked, findCandidates } from "./candidates";
import type { ModelCall } from "./model-call";

type CallToPreview = Pick<ModelCall, "targets" | "context" | "parameters" | "n">;

export type HoldPreviews = {
  /** One for each call, in order. */
  calls: Pick<BudgetPreview, "refusal" | "limitedTo">[];
  tightest: BudgetStanding | null;
};

const nothing = { refusal: null, limitedTo: null };

/**
 * What the gate would say of the budgets of a turn's calls at this moment: worked out as their holds
 * are, one after the other, with every model that may be asked; nothing is reserved.
 */
export async function previewHolds(
  actor: Actor,
  calls: readonly CallToPreview[],
): Promise<HoldPreviews> {
  const standings = await findOwnBudgets(actor);
  if (standings.length === 0) return { calls: calls.map(() => nothing), tightest: null };
  const { cnyPerUsdMicros } = await getInstanceSettings();
  const previews: HoldPreviews["calls"] = [];
  let reserved = nothingHeld;
  for (const call of calls) {
    const asked = findAsked(findCandidates(call));
    // Then why nobody can be asked is what is said.
    if (asked.length === 0) {
      previews.push(nothing);
      continue;
    }
    const bounds = boundCall(call, asked, cnyPerUsdMicros);
    const { grantedTokens, ...preview } = await previewBudgets(actor, { ...bounds, reserved });
    previews.push(preview);
    if (preview.refusal === null) reserved = addHeld(reserved, bounds.bounds, grantedTokens);
  }
  return { calls: previews, tightest: findTightest(standings) };
}
