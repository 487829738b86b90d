import type { PlanReason, PlanState } from "@/lib/contracts/context";
import type { Item } from "./item";
import type { Outgoing } from "./outgoing";
import type { PlannedEntry } from "./plan-result";
import type { Selection } from "./select-messages";

/** What was decided about the messages of a selection. */
export type Fates = {
  /** Oldest first. */
  outgoing: readonly Outgoing[];
  isSummarySent: boolean;
  /** Whether rounds went for the policy's number of tokens, and not for want of room. */
  isOverTokens: boolean;
};

/** Says of each message what becomes of it, and why. */
export function writeEntries(selection: Selection, fates: Fates): PlannedEntry[] {
  const { outgoing, isSummarySent, isOverTokens } = fates;
  const newestAt = selection.items.length - selection.newest.length;
  const coveredCount = isSummarySent ? selection.coveredCount : 0;
  let next = 0;
  return selection.items.map((item): PlannedEntry => {
    const { mark, role } = item;
    const { id } = item.message;
    const going = outgoing[next];
    if (going?.item === item) {
      next += 1;
      const { tokens: sentTokens, wholeTokens: tokens } = going;
      const { state, reason } = describeSent(going, item.at >= newestAt);
      return { id, role, state, reason, tokens, sentTokens, mark };
    }
    const known = selection.reasons.get(item);
    const isByHand = known === "excluded" || known === "before_start";
    const isCovered = !isByHand && item.at < coveredCount;
    const wanting = mark !== "pinned" && isOverTokens ? "over_tokens" : "over_window";
    const state: PlanState = isCovered ? "summarised" : "left_out";
    const reason: PlanReason = isCovered ? "summarised" : (known ?? wanting);
    return { id, role, state, reason, tokens: item.fixed + item.text, sentTokens: 0, mark };
  });
}

function describeSent(
  { item, isTextShort, isToolsShort }: Outgoing,
  isNewest: boolean,
): { state: PlanState; reason: PlanReason } {
  if (isTextShort) return { state: "shortened", reason: "too_long" };
  if (isToolsShort) return { state: "shortened", reason: "tool_results" };
  return { state: "kept", reason: isNewest ? "newest" : findWhy(item) };
}

const findWhy = ({ mark }: Item) => (mark === "pinned" ? "pinned" : "within_policy");
