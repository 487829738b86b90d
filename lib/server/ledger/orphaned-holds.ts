import "server-only";
import { findOrphanedHolds, settleOrphanedHold } from "../db/open-holds";
import { logger } from "../logger";
import { orphanedAfterMs, ownHoldIds } from "./open-holds";

const system = { system: "orphaned holds" };

/**
 * Settles the holds of calls whose process has died: whether the model was asked nobody knows, so
 * the prompt is booked, by our own count, until the truth comes. Each by itself: one that can't be
 * settled keeps no other. Those of this process are not, however long the database was away.
 */
export async function settleOrphanedHolds(silentForMs: number = orphanedAfterMs): Promise<void> {
  const own = new Set(ownHoldIds());
  for (const id of await findOrphanedHolds(system, silentForMs)) {
    if (own.has(id)) continue;
    try {
      await settleOrphanedHold(system, id, silentForMs);
    } catch (error) {
      logger().warn({ error, holdId: id }, "an orphaned hold could not be settled");
    }
  }
}
