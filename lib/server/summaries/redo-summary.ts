import "server-only";
import type { SummaryAnswer, SummaryRequest } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { splitIntoRounds } from "@/lib/domain/context/split-into-rounds";
import { isTold, type BranchPoint } from "@/lib/domain/summary/branch-point";
import { countOlder } from "@/lib/domain/summary/find-due";
import { getInstanceSettings } from "../db/settings";
import { claimSummary } from "../db/summaries";
import { findCarriedSummary } from "../db/summary-edits";
import { readBranchPoints, readSummaryState, type SummaryState } from "../db/summary-state";
import { publishEvent } from "../events/publish";
import { TookTooLongError, within } from "../within";
import { leaseMs } from "./extend-summary";
import { findSummaryAlias } from "./find-summary-alias";
import { readSummary } from "./read-summary";
import { nothingToSummarise, summariseAll, withClaim } from "./summarise-all";
import { summaryRuns } from "./summary-runs";

/** From then on it goes on without anybody waiting. */
const waitMs = 120_000;

/**
 * Makes the summary of the active branch anew, from the messages it stands for: without those that
 * are left out now, and without what was written into it by hand. Where there is none yet it will
 * stand for all but the last rounds, or if there are no more, for all but the last one.
 *
 * @returns what there is then; `isRunning` where it takes longer than two minutes.
 * @throws AppError `not_found`, `no_model`, `conflict` while one is being made, `invalid_input` when
 * there is nothing to summarise, `summary_failed`, or what the provider says.
 */
export async function redoSummary(
  actor: Actor,
  conversationId: string,
  { model }: SummaryRequest,
): Promise<SummaryAnswer> {
  const settings = await getInstanceSettings();
  const alias = await findSummaryAlias(actor, conversationId, settings, model ?? null);
  await readSummaryState(actor, conversationId, settings.contextPolicy);
  const lease = await claimSummary(actor, conversationId, leaseMs);
  if (lease === null) throw new AppError("conflict");
  const making = summaryRuns().track(async (signal) => {
    const made = await withClaim(actor, lease, async () => {
      const state = await readSummaryState(actor, conversationId, settings.contextPolicy);
      const points = await findPoints(actor, conversationId, state);
      if (!points.some(isTold)) throw nothingToSummarise();
      const { startId } = state.context;
      const base = startId === null ? await findCarriedSummary(actor, conversationId) : null;
      const needsThoughts = summaryRuns().needsThoughts(conversationId);
      const given = {
        actor,
        conversationId,
        answerId: null,
        alias,
        settings,
        base,
        startId,
        points,
      };
      return summariseAll({ ...given, needsThoughts, signal }, lease, true);
    });
    publishEvent(actor.userId, { type: "messages-changed", conversationId });
    if (made.error !== null) throw made.error;
    if (made.summary === null) throw new AppError("conflict");
    summaryRuns().noteSuccess(conversationId);
  });
  try {
    await within(making, waitMs);
  } catch (error) {
    if (!(error instanceof TookTooLongError)) throw error;
  }
  return readSummary(actor, conversationId);
}

/** What the new summary is to stand for. */
async function findPoints(
  actor: Actor,
  conversationId: string,
  { summary, points, context, policy }: SummaryState,
): Promise<BranchPoint[]> {
  if (summary?.coversToId != null)
    return readBranchPoints(actor, conversationId, summary.coversToId, context);
  const settled = points.filter(({ isStreaming }) => !isStreaming);
  const rounds = splitIntoRounds(settled);
  const kept = policy.kind === "tokens" || policy.kind === "window" ? 1 : policy.rounds;
  return settled.slice(0, countOlder(rounds, kept) || countOlder(rounds, 1));
}
