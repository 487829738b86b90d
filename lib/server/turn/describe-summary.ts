import "server-only";
import type { Summary } from "@/lib/contracts/context";
import type { Actor } from "@/lib/domain/actor";
import type { Ruler } from "@/lib/domain/tokens/ruler";
import type { ReadBranch } from "../db/read-branch";
import { describeSummary, isSummaryStale } from "../summaries/describe-summary";

/** The summary of a branch that was read as far as it is of use; null without one. */
export async function describeBranchSummary(
  actor: Actor,
  { summary, context, history, carriedFromTitle: title }: ReadBranch,
  ruler: Ruler,
): Promise<Summary | null> {
  if (summary === null) return null;
  const { carriedFromId: id } = summary;
  const places = new Map(history.map((message, place) => [message.id, place]));
  const end = places.get(summary.coversToId ?? "") ?? -1;
  const findPlace = (messageId: string) => {
    const place = places.get(messageId);
    return place === undefined ? null : place <= end ? "covered" : "after";
  };
  return describeSummary(summary, {
    tokens: ruler.measure(summary.tokenCounts),
    carriedFrom: id === null || title === null ? null : { id, title },
    isStale: await isSummaryStale(actor, summary, context, findPlace),
  });
}
