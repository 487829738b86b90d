import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma, type Message } from "@/generated/prisma/client";
import { db } from "./client";

/** A conversation's tree while it is locked, and the message that something is done to. */
export type LockedTree = {
  tx: Prisma.TransactionClient;
  conversationId: string;
  activeLeafId: string | null;
  liveMessageId: string | null;
  /** May be deleted. */
  message: Message;
};

const tries = 3;

/**
 * Changes a conversation's tree while nobody else does: the conversation's row is locked first, and
 * what `work` reads is read after that. A turn that opens at the same moment waits for it and then
 * sees that the row is another one (openTurn). A deadlock or a serialization failure is tried again.
 *
 * @throws AppError `not_found` when the message is not the actor's.
 */
export async function lockTree<Value>(
  actor: Actor,
  messageId: string,
  work: (tree: LockedTree) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().$transaction((tx) => lockAndWork(tx, actor, messageId, work), {
        maxWait: 15_000,
        timeout: 15_000,
      });
    } catch (error) {
      if (attempt >= tries || !isWriteConflict(error)) throw error;
      await sleep(Math.random() * 50 * attempt);
    }
  }
}

async function lockAndWork<Value>(
  tx: Prisma.TransactionClient,
  actor: Actor,
  messageId: string,
  work: (tree: LockedTree) => Promise<Value>,
): Promise<Value> {
  const [tree] = await tx.$queryRaw<Omit<LockedTree, "tx" | "message">[]>`
    SELECT c.id AS "conversationId", c.active_leaf_id AS "activeLeafId",
           c.live_message_id AS "liveMessageId"
    FROM conversations c
    WHERE c.id = (SELECT conversation_id FROM messages WHERE id = ${messageId})
      AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    FOR NO KEY UPDATE`;
  const message = tree && (await tx.message.findUnique({ where: { id: messageId } }));
  if (!message) throw new AppError("not_found");
  return work({ tx, ...tree, message });
}

/** Whether PostgreSQL gave up one of two transactions that were in each other's way. */
function isWriteConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2034" || /40001|40P01/.test(JSON.stringify(error.meta ?? {}));
}
