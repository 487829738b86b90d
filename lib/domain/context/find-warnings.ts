import type { PlanReason, PlanWarning } from "@/lib/contracts/context";
import type { ContextPlan } from "./plan-result";

/** The part of a window in use, the room for the answer included, from which it is nearly full. */
export const nearlyFullShare = 0.7;

const ofLimits: readonly PlanReason[] = ["over_rounds", "over_tokens", "over_window"];

type Known = {
  /** A turn that sends more tokens than these is called dear. */
  dearTokens: number;
  /** Whether what the summary stands for was said to be left out, or no longer is. */
  isSummaryStale: boolean;
};

/** What a person is to be told of a plan before it hurts. */
export function findWarnings(
  plan: Pick<ContextPlan, "window" | "parts" | "inputTokens" | "entries" | "summary">,
  { dearTokens, isSummaryStale }: Known,
): PlanWarning[] {
  const { window, parts, inputTokens, entries, summary } = plan;
  const newest = entries.findLast(({ role }) => role === "user");
  const isLost = entries.filter(({ reason }) => ofLimits.includes(reason));
  const found: Record<PlanWarning, boolean> = {
    nearly_full: window !== null && inputTokens + parts.reply >= window * nearlyFullShare,
    dear: inputTokens > dearTokens,
    forgetting: isLost.some(({ mark }) => mark === "auto"),
    draft_shortened: newest?.state === "shortened" && newest.reason === "too_long",
    pins_left_out: isLost.some(({ mark }) => mark === "pinned"),
    summary_stale: summary !== null && isSummaryStale,
    window_unknown: window === null,
  };
  return (Object.keys(found) as PlanWarning[]).filter((warning) => found[warning]);
}
