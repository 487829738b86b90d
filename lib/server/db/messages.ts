import "server-only";
import { z } from "zod";
import { errorCodeSchema, errorDetailsSchema } from "@/lib/contracts/errors";
import { messagePartSchema, type Message, type MessagesPage } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import type { Message as Row } from "@/generated/prisma/client";
import { db } from "./client";

/**
 * A page of a conversation's active branch, oldest first, ending before `before` or at the leaf.
 * Walks the tree from the leaf upwards, so that its cost is the page's, not the conversation's.
 *
 * @throws AppError `not_found` when the conversation is not the actor's.
 */
export async function findMessages(
  actor: Actor,
  conversationId: string,
  page: { before?: string | undefined; limit: number },
): Promise<MessagesPage> {
  const path = await db().$queryRaw<{ id: string; parent_id: string | null; depth: number }[]>`
    WITH RECURSIVE start AS (
      SELECT coalesce(
        (SELECT parent_id FROM messages WHERE id = ${page.before ?? null}
           AND conversation_id = c.id),
        CASE WHEN ${page.before ?? null}::text IS NULL THEN c.active_leaf_id END
      ) AS id
      FROM conversations c
      WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    ), path AS (
      SELECT m.id, m.parent_id, 1 AS depth FROM messages m, start
      WHERE m.id = start.id AND m.conversation_id = ${conversationId}
      UNION ALL
      SELECT m.id, m.parent_id, path.depth + 1 FROM messages m JOIN path ON m.id = path.parent_id
      WHERE path.depth < ${page.limit}
    )
    SELECT start.id, NULL AS parent_id, 0 AS depth FROM start
    UNION ALL SELECT id, parent_id, depth FROM path ORDER BY depth DESC`;
  const start = path.pop();
  if (start === undefined) throw new AppError("not_found");
  const ids = path.map((row) => row.id);
  const first = path[0];
  const [rows, siblings] = await Promise.all([
    db().message.findMany({ where: { id: { in: ids } } }),
    findSiblingIds(
      conversationId,
      path.map((row) => row.parent_id),
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    messages: ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [toMessage(row, siblings.get(row.parentId) ?? [row.id])];
    }),
    before: first !== undefined && first.parent_id !== null ? first.id : null,
    after: null,
  };
}

/**
 * One message of the actor's.
 *
 * @throws AppError `not_found`.
 */
export async function requireMessage(
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<Message> {
  const row = await db().message.findFirst({
    where: {
      id: messageId,
      conversationId,
      conversation: { userId: actor.userId, deletedAt: null },
    },
  });
  if (row === null) throw new AppError("not_found");
  const siblings = await findSiblingIds(conversationId, [row.parentId]);
  return toMessage(row, siblings.get(row.parentId) ?? [row.id]);
}

/** The newest answer to a user message of the actor's, or null when there is none. */
export async function getNewestAnswer(
  actor: Actor,
  conversationId: string,
  userMessageId: string,
): Promise<Message | null> {
  const row = await db().message.findFirst({
    where: {
      conversationId,
      parentId: userMessageId,
      role: "assistant",
      conversation: { userId: actor.userId, deletedAt: null },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return row === null ? null : toMessage(row, [row.id]);
}

/** Remembers counts, so that a history is counted once; a lost one is counted again. */
export async function saveTokenCounts(
  actor: Actor,
  counts: readonly { id: string; tokenCount: number }[],
): Promise<void> {
  if (counts.length === 0) return;
  await db().$executeRaw`
    UPDATE messages m SET token_count = c.tokens
    FROM unnest(${counts.map((count) => count.id)}::text[],
                ${counts.map((count) => count.tokenCount)}::int[]) AS c(id, tokens),
         conversations v
    WHERE m.id = c.id AND v.id = m.conversation_id AND v.user_id = ${actor.userId}`;
}

async function findSiblingIds(
  conversationId: string,
  parentIds: (string | null)[],
): Promise<Map<string | null, string[]>> {
  const known = parentIds.filter((id) => id !== null);
  const rows = await db().message.findMany({
    where: {
      conversationId,
      OR: [
        { parentId: { in: known } },
        ...(known.length < parentIds.length ? [{ parentId: null }] : []),
      ],
    },
    select: { id: true, parentId: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const byParent = new Map<string | null, string[]>();
  for (const row of rows) {
    const ids = byParent.get(row.parentId);
    if (ids === undefined) byParent.set(row.parentId, [row.id]);
    else ids.push(row.id);
  }
  return byParent;
}

const partsSchema = z.array(messagePartSchema);
const contextSchema = z.enum(["auto", "pinned", "excluded"]);

function toMessage(row: Row, siblingIds: string[]): Message {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    parts: partsSchema.parse(row.parts),
    status: row.status,
    errorCode: errorCodeSchema.nullable().catch("internal").parse(row.errorCode),
    errorDetails: errorDetailsSchema.nullable().catch(null).parse(row.errorDetails),
    siblingIds,
    model: row.modelLabel,
    context: contextSchema.catch("auto").parse(row.context),
    isEdited: row.editedFromId !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
