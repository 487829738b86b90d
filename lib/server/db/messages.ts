import "server-only";
import type { TokenCounts } from "@/lib/contracts/context";
import type { Message, MessagesPage, MessagesQuery } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { messageColumns, toMessage, type MessageRow } from "./message-rows";

type PageRow = MessageRow & { leafId: string | null };

/**
 * A page of a conversation's active branch, oldest first, in one statement.
 *
 * The newest page and one `before` a message walk the tree upwards from where they end: their cost
 * is the page's, not the conversation's. `after` and `around` walk from the leaf to the message. A
 * cursor that leads nowhere (deleted, unknown, or for these two not on the active branch) counts
 * as none.
 *
 * @throws AppError `not_found` when the conversation is not the actor's.
 */
export async function findMessages(
  actor: Actor,
  conversationId: string,
  page: MessagesQuery,
): Promise<MessagesPage> {
  const isByWalk = page.after !== undefined || page.around !== undefined;
  const rows = await db().$queryRaw<(PageRow | { id: null })[]>`
    WITH RECURSIVE conversation AS (
      SELECT id, active_leaf_id FROM conversations
      WHERE id = ${conversationId} AND user_id = ${actor.userId} AND deleted_at IS NULL
    ), ${isByWalk ? pathAround(page) : pathUpwards(page)}
    SELECT conversation.active_leaf_id AS "leafId", ${messageColumns}
    FROM conversation LEFT JOIN path ON true LEFT JOIN messages m ON m.id = path.id
    ORDER BY path.depth DESC`;
  if (rows.length === 0) throw new AppError("not_found");
  const found = rows.filter((row) => row.id !== null);
  const [first, last] = [found[0], found.at(-1)];
  return {
    messages: found.map(toMessage),
    before: first !== undefined && first.parentId !== null ? first.id : null,
    after: last !== undefined && last.id !== last.leafId ? last.id : null,
  };
}

/** The page that ends at the leaf, or right above `before`. */
function pathUpwards({ before, limit }: Pick<MessagesQuery, "before" | "limit">): Prisma.Sql {
  return Prisma.sql`
    path AS (
      SELECT m.id, m.parent_id, 1 AS depth
      FROM conversation c
        LEFT JOIN messages cursor ON cursor.id = ${before ?? null}
          AND cursor.conversation_id = c.id AND cursor.deleted_at IS NULL
        JOIN messages m
          ON m.id = CASE WHEN cursor.id IS NULL THEN c.active_leaf_id ELSE cursor.parent_id END
      UNION ALL
      SELECT m.id, m.parent_id, path.depth + 1 FROM messages m JOIN path ON m.id = path.parent_id
      WHERE path.depth < ${limit}
    )`;
}

/** The page that begins right below `after`, or has `around` in its middle. */
function pathAround({ after, around, limit }: MessagesQuery): Prisma.Sql {
  const cursor = around ?? after;
  // How far to walk on above the cursor: `passed` is 1 at the cursor itself.
  const above = around === undefined ? 1 : limit;
  const newer = Math.floor(limit / 2);
  const start =
    around === undefined
      ? Prisma.sql`at - ${limit}::int`
      : Prisma.sql`least(at - ${newer}::int, deepest - ${limit}::int + 1)`;
  const end =
    around === undefined
      ? Prisma.sql`at - 1`
      : Prisma.sql`greatest(1, ${start}) + ${limit}::int - 1`;
  return Prisma.sql`
    walk AS (
      SELECT m.id, m.parent_id, 1 AS depth, CASE WHEN m.id = ${cursor} THEN 1 ELSE 0 END AS passed
      FROM messages m, conversation c WHERE m.id = c.active_leaf_id
      UNION ALL
      SELECT m.id, m.parent_id, walk.depth + 1,
        CASE WHEN walk.passed > 0 OR m.id = ${cursor} THEN walk.passed + 1 ELSE 0 END
      FROM messages m JOIN walk ON m.id = walk.parent_id
      WHERE walk.passed < ${above}
    ), place AS (
      SELECT max(depth) AS deepest, max(depth) FILTER (WHERE passed = 1) AS at FROM walk
    ), path AS (
      SELECT walk.id, walk.depth FROM walk, place
      WHERE CASE WHEN at IS NULL THEN walk.depth <= ${limit}
        ELSE walk.depth BETWEEN greatest(1, ${start}) AND ${end} END
    )`;
}

/**
 * One message of the actor's; `conversationId` null takes it from any conversation of theirs.
 *
 * @throws AppError `not_found`, also when it is deleted.
 */
export async function requireMessage(
  actor: Actor,
  conversationId: string | null,
  messageId: string,
): Promise<Message> {
  const [row] = await db().$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.id = ${messageId} AND m.deleted_at IS NULL
      AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
      AND (${conversationId}::text IS NULL OR c.id = ${conversationId})`;
  if (row === undefined) throw new AppError("not_found");
  return toMessage(row);
}

/**
 * The newest answer to a user message of the actor's, of several the first; null when there is
 * none.
 */
export async function getNewestAnswer(
  actor: Actor,
  conversationId: string,
  userMessageId: string,
): Promise<Message | null> {
  const [row] = await db().$queryRaw<MessageRow[]>`
    SELECT ${messageColumns}
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.parent_id = ${userMessageId} AND m.role = 'assistant' AND m.deleted_at IS NULL
      AND c.id = ${conversationId} AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    ORDER BY m.created_at DESC, m.id IS NOT DISTINCT FROM m.candidate_group DESC, m.id DESC
    LIMIT 1`;
  return row === undefined ? null : toMessage(row);
}

/** Remembers counts, so that a history is counted once; a lost one is counted again. */
export async function saveTokenCounts(
  actor: Actor,
  counts: readonly { id: string; tokenCounts: TokenCounts }[],
): Promise<void> {
  if (counts.length === 0) return;
  await db().$executeRaw`
    UPDATE messages m SET token_counts = c.counts
    FROM unnest(${counts.map((count) => count.id)}::text[],
                ${counts.map((count) => JSON.stringify(count.tokenCounts))}::text[]::jsonb[])
           AS c(id, counts),
         conversations v
    WHERE m.id = c.id AND v.id = m.conversation_id AND v.user_id = ${actor.userId}`;
}
