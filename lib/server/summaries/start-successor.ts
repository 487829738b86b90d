import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Successor } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { isTold, type BranchPoint } from "@/lib/domain/summary/branch-point";
import type { StoredSummary } from "../db/stored-summary";
import { getInstanceSettings } from "../db/settings";
import { claimSummary, type SummaryLease } from "../db/summaries";
import { createSuccessor, findCarriedSummary } from "../db/summary-edits";
import { readBranchPoints, readSummaryState, type SummaryState } from "../db/summary-state";
import { publishEvent } from "../events/publish";
import { newId } from "../ids";
import { leaseMs } from "./extend-summary";
import { findSummaryAlias } from "./find-summary-alias";
import { isStale } from "./read-summary";
import { nothingToSummarise, summariseAll, withClaim } from "./summarise-all";
import { summaryRuns } from "./summary-runs";

/** What is being made in the background is waited for so long. */
const patienceMs = 30_000;
const lookEveryMs = 300;

/**
 * Starts a conversation that goes on from the active branch of another with a summary of all of it.
 * Of the other one nothing changes: what it takes is made for the new one.
 *
 * @throws AppError `not_found`, `no_model`, `conflict` while a summary is being made,
 * `invalid_input` when there is nothing to summarise, `summary_failed`, or what the provider says.
 */
export async function startSuccessor(actor: Actor, conversationId: string): Promise<Successor> {
  const settings = await getInstanceSettings();
  const look = () => readSummaryState(actor, conversationId, settings.contextPolicy);
  await look();
  const alias = await findSummaryAlias(actor, conversationId, settings);
  const lease = await waitForClaim(actor, conversationId);
  const conversation = await summaryRuns().track((signal) =>
    withClaim(actor, lease, async () => {
      const state = await look();
      const { base, points } = await findSource(actor, conversationId, state);
      const needsThoughts = summaryRuns().needsThoughts(conversationId);
      const given = {
        actor,
        conversationId,
        answerId: null,
        alias,
        settings,
        base,
        startId: null,
        points,
      };
      const made = await summariseAll({ ...given, needsThoughts, signal }, lease, false);
      if (made.error !== null) throw made.error;
      const isCovered = !points.some(isTold);
      const summary =
        made.summary ?? (isCovered && base !== null ? { ...base, id: newId() } : null);
      if (summary === null) throw isCovered ? nothingToSummarise() : new AppError("conflict");
      return createSuccessor(actor, conversationId, summary, state.policy);
    }),
  );
  publishEvent(actor.userId, { type: "conversation", conversation });
  return { id: conversation.id };
}

/** Claims the conversation as soon as what is being made for it is done. */
async function waitForClaim(actor: Actor, conversationId: string): Promise<SummaryLease> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const lease = await claimSummary(actor, conversationId, leaseMs);
    if (lease !== null) return lease;
    if (performance.now() > deadlineMs) throw new AppError("conflict");
    await sleep(lookEveryMs);
  }
}

/** What the summary is made of: the one there is and what came since, or everything. */
async function findSource(
  actor: Actor,
  conversationId: string,
  state: SummaryState,
): Promise<{ base: StoredSummary | null; points: BranchPoint[] }> {
  const { summary, context, leafId } = state;
  const isOfUse = !context.isSummaryOff && !(await isStale(actor, state));
  if (isOfUse || leafId === null) return { base: summary, points: state.points.filter(isSettled) };
  const points = await readBranchPoints(actor, conversationId, leafId, context);
  const base =
    context.isSummaryOff || context.startId !== null
      ? null
      : await findCarriedSummary(actor, conversationId);
  return { base, points: points.filter(isSettled) };
}

const isSettled = ({ isStreaming }: BranchPoint) => !isStreaming;
