import "server-only";
import type { Summary } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import type { Ruler } from "@/lib/domain/tokens/ruler";
import { findOnBranch, type ReadBranch } from "../db/read-branch";

/** The summary of a branch as the browser sees it; null without one. */
export async function describeSummary(
  actor: Actor,
  read: ReadBranch,
  ruler: Ruler,
): Promise<Summary | null> {
  const { summary } = read;
  if (summary === null) return null;
  const { id, text, coversToId, coveredCount, source, modelLabel, carriedFromId } = summary;
  return {
    id,
    text,
    tokens: ruler.measure(summary.tokenCounts),
    coversToId,
    coveredCount,
    source,
    modelLabel,
    carriedFrom:
      carriedFromId === null || read.carriedFromTitle === null
        ? null
        : { id: carriedFromId, title: read.carriedFromTitle },
    isStale: await isStale(actor, read),
    createdAt: summary.createdAt.toISOString(),
  };
}

/** Whether other messages are left out by hand now than when it was made, of those it covers. */
async function isStale(actor: Actor, read: ReadBranch): Promise<boolean> {
  const { summary, context, history } = read;
  if (summary?.coversToId == null) return false;
  const isExcluded = (id: string) => context.marks[id] === "excluded";
  if (!summary.excludedIds.every(isExcluded)) return true;
  const since = Object.keys(context.marks).filter(
    (id) => isExcluded(id) && !summary.excludedIds.includes(id),
  );
  const places = new Map(history.map(({ id }, place) => [id, place]));
  const end = places.get(summary.coversToId) ?? -1;
  if (since.some((id) => (places.get(id) ?? Number.POSITIVE_INFINITY) <= end)) return true;
  // What was not read stands above what was, or on another branch.
  const unread = since.filter((id) => !places.has(id));
  return unread.length > 0 && (await findOnBranch(actor, summary.coversToId, unread)).length > 0;
}
