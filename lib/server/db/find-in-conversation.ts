import "server-only";
import { limits } from "@/lib/contracts/limits";
import type { FoundMessages } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { cutExcerpt } from "@/lib/domain/conversation/excerpt";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";

// Wider than an excerpt, which loses markup and spaces.
const before = 200;
const around = 500;

type Hit = { messageId: string; role: "user" | "assistant"; near: string };

/**
 * Where a text occurs on the active branch of a conversation: letters match whatever their case,
 * and nothing in the text has a special meaning.
 *
 * @throws AppError `not_found`.
 */
export async function findInConversation(
  actor: Actor,
  conversationId: string,
  query: string,
): Promise<FoundMessages> {
  const pattern = `%${query.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db().$queryRaw<(Hit | { messageId: null })[]>`
    WITH RECURSIVE conversation AS (
      SELECT id, active_leaf_id FROM conversations
      WHERE id = ${conversationId} AND user_id = ${actor.userId} AND deleted_at IS NULL
    ), path AS (
      SELECT m.id, m.parent_id, 1 AS depth
      FROM messages m JOIN conversation c ON m.id = c.active_leaf_id
      UNION ALL
      SELECT m.id, m.parent_id, path.depth + 1 FROM messages m JOIN path ON m.id = path.parent_id
    ), hits AS (
      SELECT m.id, m.role, path.depth, found.text
      FROM path JOIN messages m ON m.id = path.id CROSS JOIN LATERAL (
        SELECT part->>'text' AS text FROM jsonb_array_elements(m.parts) AS part
        WHERE part->>'type' = 'text' AND part->>'text' ILIKE ${pattern}
        LIMIT 1
      ) found
      ORDER BY path.depth DESC LIMIT ${limits.foundMessages + 1}
    )
    SELECT hits.id AS "messageId", hits.role,
      substr(hits.text,
        greatest(1, position(lower(${query}) IN lower(hits.text)) - ${before}::int),
        ${around}::int) AS near
    FROM conversation LEFT JOIN hits ON true
    ORDER BY hits.depth DESC`;
  if (rows.length === 0) throw new AppError("not_found");
  const hits = rows.filter((row) => row.messageId !== null);
  return {
    matches: hits
      .slice(0, limits.foundMessages)
      .map(({ messageId, role, near }) => ({ messageId, role, excerpt: cutExcerpt(near, query) })),
    isCut: hits.length > limits.foundMessages,
  };
}
