import "server-only";
import { findOrphanedHolds, type OrphanedHold } from "../db/open-holds";
import { settleCalls, type BookedAttempt } from "../db/settle-calls";
import { orphanedAfterMs } from "./open-holds";

const system = { system: "orphaned holds" };

/**
 * Settles the holds of calls whose process has died: whether the model was asked nobody knows, so
 * the prompt is booked, by our own count, until the truth comes. Each by itself: one that can't be
 * settled keeps no other.
 */
export async function settleOrphanedHolds(silentForMs: number = orphanedAfterMs): Promise<void> {
  for (const hold of await findOrphanedHolds(system, silentForMs))
    await settleCalls(system, { holdIds: [hold.id], booked: [toBooked(hold)] });
}

function toBooked(hold: OrphanedHold): BookedAttempt {
  const { id, userId, kind, conversationId, answerId, first, createdAt } = hold;
  const { inputTokens, ...model } = first;
  return {
    ...{ userId, kind, conversationId, answerId, isProvisional: true },
    attempt: {
      ...model,
      callId: id,
      callNumber: 1,
      number: 1,
      keyId: null,
      outcome: "aborted",
      httpStatus: null,
      errorCode: "server_restarted",
      usage: { inputTokens, outputTokens: 0, source: "estimated" },
      leftOut: [],
      startedAt: createdAt,
      headersAt: null,
      firstTokenAt: null,
      finishedAt: createdAt,
    },
  };
}
