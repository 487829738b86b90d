import "server-only";
import { deleteUnusedAttachments } from "../db/attachments";
import { purgeDeletedConversations } from "../db/conversations";
import { closeAbandonedGenerations } from "../db/abandoned-generations";
import { purgeDeletedMessages } from "../db/message-deletion";
import { deleteOldHolds } from "../db/open-holds";
import { deleteOldTries } from "../db/throttles";
import { hub } from "../generations/hub";
import { settleOrphanedHolds } from "../ledger/orphaned-holds";
import { logger } from "../logger";
import { startRounds } from "../rounds";

const everyMs = 10_000;
// Another instance may be writing; only a heartbeat this old says that nobody is.
export const abandonedAfterMs = 40_000;
// Long after the last "undo" is off the screen, well within the day that deletion may take.
const deletedForMs = 60 * 60_000;

// What is settled later than this after the end of its hold is in no budget.
const endedForMs = 24 * 60 * 60_000;
// A server that was off may bring the truth about its last calls only then.
const unknownForMs = 35 * 24 * 60 * 60_000;

// An upload that was never sent, or whose conversation is gone; a draft may wait this long.
const unusedForMs = 24 * 60 * 60_000;

const system = { system: "housekeeping" };

/** Starts the rounds that keep the database truthful and small. @returns a function that ends them. */
export function startHousekeeping(): () => void {
  return startRounds(everyMs, () => keepHouse(new Date()));
}

/**
 * One round: end the answers that nobody writes any more, remove for good what was deleted, forget
 * old failed sign-ins. A part that fails is logged and waits for the next round.
 */
export async function keepHouse(now: Date): Promise<void> {
  const parts: [string, () => Promise<unknown>][] = [
    [
      "abandoned generations",
      () => closeAbandonedGenerations(system, abandonedAfterMs, hub().ownIds()),
    ],
    ["orphaned holds", () => settleOrphanedHolds()],
    [
      "old holds",
      () =>
        deleteOldHolds(system, {
          endedBefore: new Date(now.getTime() - endedForMs),
          unknownBefore: new Date(now.getTime() - unknownForMs),
        }),
    ],
    [
      "deleted conversations",
      () => purgeDeletedConversations(system, new Date(now.getTime() - deletedForMs)),
    ],
    [
      "deleted messages",
      () => purgeDeletedMessages(system, new Date(now.getTime() - deletedForMs)),
    ],
    [
      "unused attachments",
      () => deleteUnusedAttachments(system, new Date(now.getTime() - unusedForMs)),
    ],
    ["old tries", () => deleteOldTries(system, now)],
  ];
  for (const [name, run] of parts) {
    try {
      await run();
    } catch (error) {
      logger().warn({ error, name }, "housekeeping failed");
    }
  }
}
