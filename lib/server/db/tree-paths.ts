import "server-only";
import type { Prisma } from "@/generated/prisma/client";

/** Whether a message is the leaf, or above it. */
export async function isOnPath(
  tx: Prisma.TransactionClient,
  leafId: string | null,
  messageId: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE path AS (
      SELECT id, parent_id FROM messages WHERE id = ${leafId}
      UNION ALL
      SELECT m.id, m.parent_id FROM messages m JOIN path ON m.id = path.parent_id
      WHERE path.id <> ${messageId}
    )
    SELECT 1 FROM path WHERE id = ${messageId}`;
  return rows.length > 0;
}

/** Where a branch was left: down from a message by the children that were chosen, else the newest. */
export async function findLeafBelow(
  tx: Prisma.TransactionClient,
  messageId: string,
): Promise<string> {
  const [leaf] = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE path AS (
      SELECT id, chosen_child_id, 1 AS depth FROM messages WHERE id = ${messageId}
      UNION ALL
      SELECT child.id, child.chosen_child_id, path.depth + 1
      FROM path CROSS JOIN LATERAL (
        SELECT m.id, m.chosen_child_id FROM messages m
        WHERE m.parent_id = path.id AND m.deleted_at IS NULL
        ORDER BY m.id IS NOT DISTINCT FROM path.chosen_child_id DESC, m.created_at DESC, m.id DESC
        LIMIT 1
      ) child
    )
    SELECT id FROM path ORDER BY depth DESC LIMIT 1`;
  return leaf?.id ?? messageId;
}

/**
 * Remembers the way to a leaf in the messages above it, so that findLeafBelow finds it again from
 * each of them. Writes only where the newest child or an earlier choice says otherwise.
 */
export async function rememberPath(
  tx: Prisma.TransactionClient,
  leafId: string | null,
): Promise<void> {
  await tx.$executeRaw`
    WITH RECURSIVE path AS (
      SELECT id, parent_id, created_at FROM messages WHERE id = ${leafId}
      UNION ALL
      SELECT m.id, m.parent_id, m.created_at FROM messages m JOIN path ON m.id = path.parent_id
    )
    UPDATE messages p SET chosen_child_id = path.id
    FROM path
    WHERE p.id = path.parent_id AND p.chosen_child_id IS DISTINCT FROM path.id
      AND (p.chosen_child_id IS NOT NULL OR EXISTS (
        SELECT 1 FROM messages s
        WHERE s.parent_id = p.id AND s.deleted_at IS NULL
          AND (s.created_at, s.id) > (path.created_at, path.id)))`;
}
