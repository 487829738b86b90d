import "server-only";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma } from "@/generated/prisma/client";
import { dropLostStart, readContextOf, writeContextOf } from "./branch-context";
import { activate, requireUndeleted } from "./branches";
import { db } from "./client";
import { lockTree, type ChangedTree, type LockedTree } from "./tree-lock";
import { findLeafBelow, isOnPath } from "./tree-paths";
import { childrenOf, parentOf } from "./tree-steps";

const childrenOfBranch = childrenOf(Prisma.sql`branch`);
const parentOfAbove = parentOf(Prisma.sql`above`);

/**
 * Deletes a message and everything below it, undoable until it is purged. Where the active branch
 * went through it, that goes on through the nearest alternative, or ends above it.
 *
 * @returns `isLive` when nothing was deleted because an answer below it is being written.
 * @throws AppError `not_found`.
 */
export async function deleteMessage(
  actor: Actor,
  messageId: string,
): Promise<ChangedTree & { isLive: boolean }> {
  return lockTree(actor, messageId, async (tree) => {
    const { tx, conversationId, activeLeafId, liveMessageIds } = tree;
    requireUndeleted(tree);
    for (const liveId of liveMessageIds)
      if (await isOnPath(tx, liveId, messageId)) return { conversationId, isLive: true };
    const isActive = await isOnPath(tx, activeLeafId, messageId);
    const nearest = isActive ? await findNearestSibling(tree) : null;
    await tx.$executeRaw`
      WITH RECURSIVE branch AS (
        SELECT id FROM messages WHERE id = ${messageId}
        UNION ALL
        SELECT m.id FROM branch CROSS JOIN LATERAL (${childrenOfBranch}) m
        WHERE m.deleted_at IS NULL
      )
      UPDATE messages m SET deleted_at = now() FROM branch WHERE m.id = branch.id`;
    if (nearest !== null) await activate(tree, await findLeafBelow(tx, nearest));
    else {
      const end = isActive ? tree.message.parentId : activeLeafId;
      if (end !== activeLeafId) await handDown(tree, end);
      await endBranch(tree, end);
    }
    return { conversationId, isLive: false };
  });
}

/**
 * Brings back a deleted message with all that went with it, and shows it, unless an answer is being
 * written elsewhere, which then stays on the screen.
 *
 * @throws AppError `not_found`; `conflict` when what it follows is deleted itself.
 */
export async function restoreMessage(actor: Actor, messageId: string): Promise<ChangedTree> {
  return lockTree(actor, messageId, async (tree) => {
    const { tx, conversationId, liveMessageIds, message } = tree;
    if (message.deletedAt === null) return { conversationId };
    const [top] = await tx.$queryRaw<{ id: string; parentId: string | null; isLost: boolean }[]>`
      WITH RECURSIVE above AS (
        SELECT id, parent_id, deleted_at, 1 AS depth FROM messages WHERE id = ${messageId}
        UNION ALL
        SELECT m.id, m.parent_id, m.deleted_at, above.depth + 1
        FROM above CROSS JOIN LATERAL (${parentOfAbove}) m
        WHERE m.deleted_at = above.deleted_at
      )
      SELECT id, parent_id AS "parentId", parent_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM messages p WHERE p.id = above.parent_id AND p.deleted_at IS NULL) AS "isLost"
      FROM above ORDER BY depth DESC LIMIT 1`;
    if (top === undefined || top.isLost) throw new AppError("conflict");
    await tx.$executeRaw`
      WITH RECURSIVE branch AS (
        SELECT id, deleted_at FROM messages WHERE id = ${top.id}
        UNION ALL
        SELECT m.id, m.deleted_at FROM branch CROSS JOIN LATERAL (${childrenOfBranch}) m
        WHERE m.deleted_at = branch.deleted_at
      )
      UPDATE messages m SET deleted_at = NULL FROM branch WHERE m.id = branch.id`;
    if (liveMessageIds.length === 0) {
      const leafId = await findLeafBelow(tx, top.id);
      await handBack(tree, top.parentId, leafId);
      await activate(tree, leafId);
    }
    return { conversationId };
  });
}

/** Removes for good what was deleted before a moment; usage stays, in the generations. */
export function purgeDeletedMessages(_system: SystemActor, before: Date): Promise<number> {
  // A summary that reaches down to one of them says what it said.
  return db().$executeRaw`
    WITH gone AS (
      DELETE FROM summaries s USING messages m
      WHERE m.id = s.covers_to_id AND m.deleted_at < ${before}
    )
    DELETE FROM messages WHERE deleted_at < ${before}`;
}

/** The alternative right before a message, else the one right after it; null without any. */
async function findNearestSibling({ tx, conversationId, message }: LockedTree) {
  const siblings = await tx.message.findMany({
    where: { conversationId, parentId: message.parentId, deletedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const at = siblings.findIndex(({ id }) => id === message.id);
  return (siblings[at - 1] ?? siblings[at + 1])?.id ?? null;
}

/** What was said of the branch that ended below holds for what is left of it. */
async function handDown({ tx, activeLeafId }: LockedTree, endId: string | null): Promise<void> {
  if (endId === null) return;
  const said = await readContextOf(tx, activeLeafId);
  await writeContextOf(tx, endId, await dropLostStart(tx, said, endId));
}

/**
 * Where the branch that is shown ends right above what is restored, it goes on there, with what was
 * said of it meanwhile; a start that had gone comes back.
 */
async function handBack(
  { tx, activeLeafId }: LockedTree,
  aboveId: string | null,
  leafId: string,
): Promise<void> {
  if (aboveId === null || aboveId !== activeLeafId) return;
  const said = await readContextOf(tx, activeLeafId);
  const { startId } = await readContextOf(tx, leafId);
  const hadGone = startId !== null && !(await isOnPath(tx, activeLeafId, startId));
  await writeContextOf(tx, leafId, {
    ...said,
    startId: said.startId ?? (hadGone ? startId : null),
  });
}

// Writes the row in any case: a turn that waits for it must see that the tree has changed.
async function endBranch({ tx, conversationId }: LockedTree, leafId: string | null): Promise<void> {
  await tx.conversation.update({ where: { id: conversationId }, data: { activeLeafId: leafId } });
}
