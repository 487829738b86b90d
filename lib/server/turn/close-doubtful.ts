import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/domain/actor";
import type { TurnToClose } from "../db/close-turn";
import { isAnyStreaming } from "../db/generations";
import type { TurnToOpen } from "../db/open-turn";
import { closeInTheEnd } from "./close-answer";

/** A statement whose connection broke may still be running at the database, and be committed. */
const afterglowMs = 5_000;

/**
 * Ends a turn (all of its answers) whose opening was lost with the connection: it may have been
 * committed, but nobody knew, and so nobody writes its answer. It fails at once then, instead of
 * looking alive until its heartbeat is missed. Where it was not committed, nothing happens.
 */
export async function closeDoubtful(actor: Actor, turn: TurnToOpen): Promise<void> {
  const finishedAt = new Date();
  const closings = turn.answers.map(({ answerId, generationId }): TurnToClose => ({
    userId: actor.userId,
    conversationId: turn.conversationId,
    answerId,
    generationId,
    parts: [],
    outcome: { status: "failed", errorCode: "database_unavailable", errorDetails: null },
    tokenCounts: { o200k: 0, wide: 0, signs: 0 },
    plan: null,
    finishReason: "failed",
    attempts: [],
    firstTokenAt: null,
    finishedAt,
    answeredBy: null,
    failover: null,
    kind: "answer",
    holdIds: [],
    receiptId: answerId,
  }));
  await closeInTheEnd(closings);
  await sleep(afterglowMs, undefined, { ref: false });
  const ids = closings.map(({ generationId }) => generationId);
  if (await isAnyStreaming(actor, ids).catch(() => true)) await closeInTheEnd(closings);
}
