import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { isTold, type BranchPoint } from "@/lib/domain/summary/branch-point";
import { releaseSummary, type NewSummary, type SummaryLease } from "../db/summaries";
import { bookSummary } from "./book-summary";
import { leaseMs } from "./extend-summary";
import { summariseSlice, type SliceToSummarise, type SummaryBase } from "./summarise-slice";

/** Far more than a conversation needs that people wrote by hand. */
const mostSteps = 200;

/** What came of it; all null when somebody else's claim ended it. */
export type SummarisedAll =
  { summary: NewSummary; error: null } | { summary: null; error: AppError | null };

/**
 * Takes all of some messages into a summary, in as many bounded steps as it needs. Each is booked;
 * what comes of them is stored by the last, and where `isStored` is false not at all. The claim ends
 * with it.
 */
export async function summariseAll(
  given: SliceToSummarise,
  lease: SummaryLease,
  isStored: boolean,
): Promise<SummarisedAll> {
  const { actor } = given;
  let held: SummaryLease | null = lease;
  let base: SummaryBase | null = given.base;
  let summary: NewSummary | null = null;
  let rest: readonly BranchPoint[] = given.points;
  for (let step = 1; held !== null && rest.some(isTold) && step <= mostSteps; step++) {
    const made = await summariseSlice({ ...given, base, points: rest });
    rest = rest.slice(made.count);
    const isEnd = made.error !== null || !rest.some(isTold) || step === mostSteps;
    const stored = isEnd && isStored ? made.summary : null;
    const kept: SummaryLease | null = await bookSummary(
      actor,
      held,
      made.call,
      stored,
      isEnd ? 0 : leaseMs,
    );
    if (made.error !== null) return { summary: null, error: made.error };
    if (kept === null) return { summary: null, error: null };
    held = isEnd ? null : kept;
    summary = made.summary;
    base = made.summary;
  }
  if (held !== null) await releaseSummary(actor, held);
  return summary === null ? { summary: null, error: null } : { summary, error: null };
}

/** Gives a claim back where what is done under it fails. @throws what `work` throws. */
export async function withClaim<Value>(
  actor: Actor,
  lease: SummaryLease,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    await releaseSummary(actor, lease);
    throw error;
  }
}

/** What is said where there is not a single message that a summary could stand for. */
export const nothingToSummarise = () =>
  new AppError("invalid_input", { details: { reason: "nothing to summarise" } });
