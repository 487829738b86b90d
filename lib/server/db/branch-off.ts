import "server-only";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { requireMessage } from "./messages";

/**
 * Makes a new conversation of a message and all that is above it: copies with ids of their own,
 * everything else as it was. Usage stays with the originals.
 *
 * @throws AppError `not_found`, or `answer_in_progress` for a message that is being written.
 */
export async function branchOff(actor: Actor, messageId: string): Promise<ConversationSummary> {
  const [row] = await db().$queryRaw<{ id: string; title: string; updatedAt: Date }[]>`
    WITH RECURSIVE path AS (
      SELECT m.id, m.parent_id, m.conversation_id
      FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.id = ${messageId} AND m.deleted_at IS NULL AND m.status <> 'streaming'
        AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
      UNION ALL
      SELECT m.id, m.parent_id, m.conversation_id
      FROM messages m JOIN path ON m.id = path.parent_id
    ), copy AS MATERIALIZED (
      SELECT id, parent_id, gen_random_uuid()::text AS new_id FROM path
    ), conversation AS (
      INSERT INTO conversations
        (id, user_id, title, title_source, system_prompt, model_id, active_leaf_id)
      SELECT ${newId()}, c.user_id, c.title, c.title_source, c.system_prompt, c.model_id,
             (SELECT new_id FROM copy WHERE id = ${messageId})
      FROM conversations c
      WHERE c.id = (SELECT conversation_id FROM path WHERE id = ${messageId})
      RETURNING id, title, updated_at
    ), copied AS (
      INSERT INTO messages
        (id, conversation_id, parent_id, role, parts, status, error_code, error_details,
         token_counts, branch_context, edited_from_id, model_id, model_label, created_at)
      SELECT copy.new_id, conversation.id, parent.new_id, m.role, m.parts, m.status, m.error_code,
             m.error_details, m.token_counts, NULL, m.edited_from_id, m.model_id,
             m.model_label, m.created_at
      FROM conversation, copy JOIN messages m ON m.id = copy.id
        LEFT JOIN copy parent ON parent.id = copy.parent_id
    ), linked AS (
      INSERT INTO message_attachments (message_id, attachment_id)
      SELECT copy.new_id, l.attachment_id
      FROM copy JOIN message_attachments l ON l.message_id = copy.id
    )
    SELECT id, title, updated_at AS "updatedAt" FROM conversation`;
  if (row === undefined) {
    await requireMessage(actor, null, messageId);
    throw new AppError("answer_in_progress");
  }
  return { ...row, updatedAt: row.updatedAt.toISOString(), isAnswering: false };
}
