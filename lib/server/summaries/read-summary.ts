import "server-only";
import type { Summary, SummaryAnswer } from "@/lib/contracts/context";
import { errorCodeSchema } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/domain/actor";
import { getInstanceSettings } from "../db/settings";
import { readSummaryState, type SummaryState } from "../db/summary-state";
import { describeSummary, isSummaryStale } from "./describe-summary";

/**
 * The summary of the active branch, and what becomes of it.
 *
 * @throws AppError `not_found`.
 */
export async function readSummary(actor: Actor, conversationId: string): Promise<SummaryAnswer> {
  const { contextPolicy } = await getInstanceSettings();
  const state = await readSummaryState(actor, conversationId, contextPolicy);
  return {
    summary: await describe(actor, state),
    isOff: state.context.isSummaryOff,
    isRunning: state.isRunning,
    failure: describeFailure(state),
  };
}

async function describe(actor: Actor, state: SummaryState): Promise<Summary | null> {
  const { summary } = state;
  if (summary === null) return null;
  return describeSummary(summary, {
    tokens: summary.tokenCounts.o200k,
    carriedFrom: summary.carriedFrom,
    isStale: await isStale(actor, state),
  });
}

/** Whether what stands in a summary is no longer what it was made of. */
export function isStale(actor: Actor, { summary, context, points }: SummaryState) {
  const after = new Set(points.map(({ id }) => id));
  return isSummaryStale(actor, summary, context, (id) => (after.has(id) ? "after" : null));
}

function describeFailure({ failure }: SummaryState): SummaryAnswer["failure"] {
  if (failure === null) return null;
  const code = errorCodeSchema.catch("internal").parse(failure.errorCode);
  const { finishReason } = failure;
  const hasReason = code === "summary_failed" && finishReason !== null;
  return { code, details: hasReason ? { reason: finishReason } : {} };
}
