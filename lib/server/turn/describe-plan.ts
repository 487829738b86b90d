import "server-only";
import type { StoredPlan } from "@/lib/contracts/context";
import type { ResolvedModel } from "../db/aliases";
import type { SentPrompt } from "../models/model-call";

type Planned = { model: ResolvedModel | null; sent: SentPrompt | null };

/** What is kept of the plan by which an answer was asked for; null where nobody was asked. */
export function describePlan({ model, sent }: Planned): StoredPlan | null {
  if (model === null || sent === null) return null;
  const { plan, isCutAgain, budgetLimit } = sent;
  const count = (states: readonly string[]) =>
    plan.entries.filter(({ state }) => states.includes(state)).length;
  const marked = (mark: string) =>
    plan.entries.filter((entry) => entry.mark === mark).map(({ id }) => id);
  return {
    modelLabel: model.label,
    window: plan.window,
    policy: plan.policy,
    parts: plan.parts,
    inputTokens: plan.inputTokens,
    keptCount: count(["kept"]),
    shortenedCount: count(["shortened"]),
    leftOutCount: count(["left_out", "summarised"]),
    firstSentId: plan.firstSentId,
    pinnedIds: marked("pinned"),
    excludedIds: marked("excluded"),
    summaryId: plan.summary?.id ?? null,
    isCutAgain,
    budgetLimit,
  };
}
