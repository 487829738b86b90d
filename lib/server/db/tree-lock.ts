import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import type { Message, Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";

/** The conversation in which something changed. */
export type ChangedTree = { conversationId: string };

/** A conversation's tree while it is locked, and the message that something is done to. */
export type LockedTree = {
  tx: Prisma.TransactionClient;
  conversationId: string;
  activeLeafId: string | null;
  /** The answers that are being written. */
  liveMessageIds: readonly string[];
  /** May be deleted. */
  message: Message;
};

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
  return retryConflict(() =>
    db().$transaction((tx) => lockAndWork(tx, actor, messageId, work), {
      maxWait: 15_000,
      timeout: 15_000,
    }),
  );
}

async function lockAndWork<Value>(
  tx: Prisma.TransactionClient,
  actor: Actor,
  messageId: string,
  work: (tree: LockedTree) => Promise<Value>,
): Promise<Value> {
  const [tree] = await tx.$queryRaw<Omit<LockedTree, "tx" | "message">[]>`
    SELECT c.id AS "conversationId", c.active_leaf_id AS "activeLeafId",
           c.live_message_ids AS "liveMessageIds"
    FROM conversations c
    WHERE c.id = (SELECT conversation_id FROM messages WHERE id = ${messageId})
      AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    FOR NO KEY UPDATE`;
  const message = tree && (await tx.message.findUnique({ where: { id: messageId } }));
  if (!message) throw new AppError("not_found");
  return work({ tx, ...tree, message });
}
