import "server-only";
import type { BranchContext, Summary } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import { findOnBranch } from "../db/read-branch";
import type { StoredSummary } from "../db/stored-summary";

/** What the browser is told besides what is stored. */
type Told = Pick<Summary, "tokens" | "carriedFrom" | "isStale">;

/** A summary as the browser sees it. */
export function describeSummary(summary: StoredSummary, told: Told): Summary {
  const { id, text, coversToId, coveredCount, source, modelLabel, createdAt } = summary;
  return {
    ...{
      id,
      text,
      coversToId,
      coveredCount,
      source,
      modelLabel,
      createdAt: createdAt.toISOString(),
    },
    ...told,
  };
}

/** Where a message stands to the end of a summary; null where that is not known without looking. */
export type FindPlace = (messageId: string) => "covered" | "after" | null;

/** Whether other messages are left out by hand now than when it was made, of those it covers. */
export async function isSummaryStale(
  actor: Actor,
  summary: StoredSummary | null,
  { marks }: BranchContext,
  findPlace: FindPlace,
): Promise<boolean> {
  if (summary?.coversToId == null) return false;
  const excluded = Object.keys(marks).filter((id) => marks[id] === "excluded");
  if (summary.excludedIds.some((id) => !excluded.includes(id))) return true;
  const since = excluded.filter((id) => !summary.excludedIds.includes(id));
  if (since.some((id) => findPlace(id) === "covered")) return true;
  // What is left may stand above what was read, or on another branch.
  const unknown = since.filter((id) => findPlace(id) === null);
  return unknown.length > 0 && (await findOnBranch(actor, summary.coversToId, unknown)).length > 0;
}
