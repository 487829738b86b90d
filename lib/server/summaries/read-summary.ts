import "server-only";
import type { Summary, SummaryAnswer } from "@/lib/contracts/context";
import { errorCodeSchema } from "@/lib/contracts/errors";
import type { Actor } from "@/lib/domain/actor";
import { findOnBranch } from "../db/read-branch";
import { getInstanceSettings } from "../db/settings";
import { readSummaryState, type SummaryState } from "../db/summary-state";

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
  const { id, text, tokenCounts, coversToId, coveredCount, source, modelLabel } = summary;
  return {
    id,
    text,
    tokens: tokenCounts.o200k,
    coversToId,
    coveredCount,
    source,
    modelLabel,
    carriedFrom: summary.carriedFrom,
    isStale: await isSummaryStale(actor, state),
    createdAt: summary.createdAt.toISOString(),
  };
}

/** Whether other messages are left out by hand now than when it was made, of those it covers. */
export async function isSummaryStale(
  actor: Actor,
  { summary, context, points }: Pick<SummaryState, "summary" | "context" | "points">,
): Promise<boolean> {
  if (summary?.coversToId == null) return false;
  const excluded = Object.keys(context.marks).filter((id) => context.marks[id] === "excluded");
  if (summary.excludedIds.some((id) => !excluded.includes(id))) return true;
  const uncovered = new Set(points.map(({ id }) => id));
  const since = excluded.filter((id) => !summary.excludedIds.includes(id) && !uncovered.has(id));
  // What is left may stand on another branch.
  return since.length > 0 && (await findOnBranch(actor, summary.coversToId, since)).length > 0;
}

function describeFailure({ failure }: SummaryState): SummaryAnswer["failure"] {
  if (failure === null) return null;
  const code = errorCodeSchema.catch("internal").parse(failure.errorCode);
  const { finishReason } = failure;
  const hasReason = code === "summary_failed" && finishReason !== null;
  return { code, details: hasReason ? { reason: finishReason } : {} };
}
