import "server-only";
import type { TurnBudget } from "@/lib/contracts/budgets";
import type { Actor } from "@/lib/domain/actor";
import { findTightest } from "@/lib/domain/ledger/tightest";
import { findOwnBudgets } from "../db/own-budgets";
import { previewBudgets } from "../db/preview-budgets";
import { getInstanceSettings } from "../db/settings";
import { boundCall } from "./bound-call";
import { findAsked, findCandidates } from "./candidates";
import type { ModelCall } from "./model-call";

const nothing: TurnBudget = { refusal: null, limitedTo: null, tightest: null };

/**
 * What the gate would say of a call's budgets at this moment: worked out as its hold is, with every
 * model that may be asked, and nothing is reserved.
 */
export async function previewHold(
  actor: Actor,
  call: Pick<ModelCall, "targets" | "context" | "parameters" | "n">,
): Promise<TurnBudget> {
  const standings = await findOwnBudgets(actor);
  if (standings.length === 0) return nothing;
  const tightest = findTightest(standings);
  const asked = findAsked(findCandidates(call));
  // Then why nobody can be asked is what is said.
  if (asked.length === 0) return { ...nothing, tightest };
  const { cnyPerUsdMicros } = await getInstanceSettings();
  const preview = await previewBudgets(actor, {
    ...boundCall(call, asked, cnyPerUsdMicros),
    spent: { tokens: "0", CNY: "0", USD: "0" },
  });
  return { ...preview, tightest };
}
