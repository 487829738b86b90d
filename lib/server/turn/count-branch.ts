import "server-only";
import type { Actor } from "@/lib/domain/actor";
import type { ResolvedAlias } from "../db/aliases";
import type { HistoryMessage } from "../db/branch-history";
import { saveTokenCounts } from "../db/messages";
import { logger } from "../logger";
import { TextCounter } from "./count-texts";
import { readText } from "./read-parts";

/**
 * Counts what of a branch is not counted yet by the encodings of the models that may be asked, and
 * keeps that with the messages: mostly there is nothing to do. Never rejects.
 *
 * @param history the stored part of a branch.
 * @param liveIds answers that are still written: counted as far as they are, and not kept.
 */
export async function countBranch(
  actor: Actor,
  history: readonly HistoryMessage[],
  aliases: readonly Pick<ResolvedAlias, "targets">[],
  liveIds: readonly string[] = [],
): Promise<HistoryMessage[]> {
  try {
    const counter = await TextCounter.for(aliases.flatMap(({ targets }) => targets));
    const counted: HistoryMessage[] = [];
    const grown: HistoryMessage[] = [];
    for (const message of history) {
      const isLive = liveIds.includes(message.id);
      if (!isLive && counter.isEnough(message.tokenCounts)) {
        counted.push(message);
        continue;
      }
      const tokenCounts = await counter.count(readText(message.parts));
      counted.push({ ...message, tokenCounts });
      if (!isLive) grown.push({ ...message, tokenCounts });
    }
    keep(actor, grown);
    return counted;
  } catch (error) {
    logger().warn({ error }, "a branch was not counted");
    return [...history];
  }
}

function keep(actor: Actor, messages: readonly HistoryMessage[]): void {
  const counts = messages.flatMap(({ id, tokenCounts }) =>
    tokenCounts === null ? [] : [{ id, tokenCounts }],
  );
  saveTokenCounts(actor, counts).catch((error: unknown) => {
    logger().warn({ error }, "token counts were not saved");
  });
}
