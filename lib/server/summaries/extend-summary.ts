import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { summaryFailures } from "@/lib/contracts/context";
import type { AppError } from "@/lib/domain/errors/app-error";
import { findDue, type DueRules } from "@/lib/domain/summary/find-due";
import { getInstanceSettings } from "../db/settings";
import { claimSummary, releaseSummary, type SummaryLease } from "../db/summaries";
import { readSummaryState, type SummaryState } from "../db/summary-state";
import { publishEvent } from "../events/publish";
import { logger } from "../logger";
import { lifecycle } from "../start/lifecycle";
import { bookSummary } from "./book-summary";
import { findSummaryAlias } from "./find-summary-alias";
import { summariseSlice } from "./summarise-slice";
import { summaryRuns, type SummaryRun } from "./summary-runs";

/** How long others stay away after a sign of life; longer than any one call takes. */
export const leaseMs = 120_000;
/** More has to wait for the next turn. */
const mostSteps = 3;

/** What the last turn says of the room that there was. */
export type TurnRoom = Pick<DueRules, "keepFromId" | "freeTokens"> & {
  /** The answer of that turn, on whose receipt the summary is. */
  answerId: string;
};

/**
 * Brings the summary of the active branch up to date after a turn, in the background, if the policy
 * wants one and it is worth a call. Never throws, and nothing waits for it.
 */
export function extendAfterTurn(actor: Actor, conversationId: string, room: TurnRoom): void {
  const runs = summaryRuns();
  const isPaused = runs.isPaused(conversationId);
  runs.noteTurn(conversationId);
  if (isPaused || lifecycle().phase === "stopping") return;
  void startExtending(actor, conversationId, room);
}

/** The same at once, for a turn that would not fit otherwise. */
export function startExtending(actor: Actor, conversationId: string, room: TurnRoom): SummaryRun {
  return summaryRuns().start(conversationId, (signal, stepped) =>
    extend(actor, conversationId, room, signal, stepped),
  );
}

async function extend(
  actor: Actor,
  conversationId: string,
  room: TurnRoom,
  signal: AbortSignal,
  stepped: () => void,
): Promise<void> {
  const settings = await getInstanceSettings();
  const look = () => readSummaryState(actor, conversationId, settings.contextPolicy);
  if (countDue(await look(), room) === 0) return;
  let lease = await claimSummary(actor, conversationId, leaseMs);
  for (let step = 1; lease !== null && step <= mostSteps; step++) {
    // Looked at again: somebody may have made one before the claim.
    lease = await takeStep(await look(), lease, step === mostSteps);
    stepped();
  }

  async function takeStep(
    state: SummaryState,
    held: SummaryLease,
    isLast: boolean,
  ): Promise<SummaryLease | null> {
    const { summary: base, points, context } = state;
    const due = countDue(state, room);
    if (due === 0 || signal.aborted) {
      await releaseSummary(actor, held);
      return null;
    }
    const made = await summariseSlice({
      actor,
      conversationId,
      answerId: room.answerId,
      alias: await findSummaryAlias(actor, conversationId, settings),
      settings,
      base,
      startId: context.startId,
      points: points.slice(0, due),
      needsThoughts: summaryRuns().needsThoughts(conversationId),
      signal,
    });
    const isEnd = isLast || made.error !== null;
    const kept = await bookSummary(actor, held, made.call, made.summary, isEnd ? 0 : leaseMs);
    if (made.error !== null) noteFailure(conversationId, made.error, signal);
    else if (kept !== null) summaryRuns().noteSuccess(conversationId);
    publishEvent(actor.userId, { type: "messages-changed", conversationId });
    return isEnd ? null : kept;
  }
}

/** How many messages are to be summarised now. */
function countDue({ policy, context, points }: SummaryState, room: TurnRoom): number {
  if (policy.kind !== "summary" || context.isSummaryOff) return 0;
  return findDue(points, { ...room, rounds: policy.rounds });
}

function noteFailure(conversationId: string, { code, details }: AppError, signal: AbortSignal) {
  if (signal.aborted) return;
  const reason = summaryFailures.find((one) => one === details?.["reason"]) ?? null;
  summaryRuns().noteFailure(conversationId, reason);
  logger().info({ conversationId, errorCode: code, reason }, "a summary has to wait");
}
