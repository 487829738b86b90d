import "server-only";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { db } from "./client";
import { requireMessage } from "./messages";
import { findLeafBelow, isOnPath } from "./tree-paths";

/**
 * Makes a new conversation of a message and all that is above it: copies with ids of their own,
 * everything else as it was, what was said about its context and its summaries too. Usage stays
 * with the originals.
 *
 * @throws AppError `not_found`, or `answer_in_progress` for a message that is being written.
 */
export async function branchOff(actor: Actor, messageId: string): Promise<ConversationSummary> {
  const leafId = await findLeafThrough(actor, messageId);
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
        (id, user_id, title, title_source, system_prompt, model_id, parameters, context_policy,
         active_leaf_id)
      SELECT ${newId()}, c.user_id, c.title, c.title_source, c.system_prompt, c.model_id,
             c.parameters, c.context_policy,
             (SELECT new_id FROM copy WHERE id = ${messageId})
      FROM conversations c
      WHERE c.id = (SELECT conversation_id FROM path WHERE id = ${messageId})
      RETURNING id, title, updated_at
    ), said AS (
      SELECT leaf.branch_context || jsonb_build_object(
        'startId', (SELECT new_id FROM copy WHERE id = leaf.branch_context->>'startId'),
        'marks', coalesce((
          SELECT jsonb_object_agg(copy.new_id, mark.value)
          FROM jsonb_each_text(leaf.branch_context->'marks') AS mark
            JOIN copy ON copy.id = mark.key), '{}')) AS branch_context
      FROM messages leaf WHERE leaf.id = ${leafId}
    ), summarised AS (
      INSERT INTO summaries
        (id, conversation_id, covers_to_id, start_id, text, token_counts, covered_count,
         excluded_ids, source, model_label, carried_from_id, created_at)
      SELECT gen_random_uuid()::text, conversation.id, upto.new_id, start.new_id, s.text,
             s.token_counts, s.covered_count,
             ARRAY(SELECT copy.new_id FROM copy WHERE copy.id = ANY(s.excluded_ids)),
             s.source, s.model_label, s.carried_from_id, s.created_at
      FROM conversation, summaries s
        LEFT JOIN copy upto ON upto.id = s.covers_to_id
        LEFT JOIN copy start ON start.id = s.start_id
      WHERE s.conversation_id = (SELECT conversation_id FROM path WHERE id = ${messageId})
        AND (s.covers_to_id IS NULL) = (upto.id IS NULL)
        AND (s.start_id IS NULL) = (start.id IS NULL)
    ), copied AS (
      INSERT INTO messages
        (id, conversation_id, parent_id, role, parts, status, error_code, error_details,
         token_counts, branch_context, edited_from_id, model_id, model_label, created_at)
      SELECT copy.new_id, conversation.id, parent.new_id, m.role, m.parts, m.status, m.error_code,
             m.error_details, m.token_counts,
             CASE WHEN m.id = ${messageId} THEN (SELECT branch_context FROM said) END,
             m.edited_from_id, m.model_id, m.model_label, m.created_at
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

/** The end of the branch through a message: of the active one, else of the one that was left. */
async function findLeafThrough(actor: Actor, messageId: string): Promise<string> {
  const conversation = await db().conversation.findFirst({
    where: { userId: actor.userId, messages: { some: { id: messageId } } },
    select: { activeLeafId: true },
  });
  const leafId = conversation?.activeLeafId ?? null;
  if (leafId !== null && (await isOnPath(db(), leafId, messageId))) return leafId;
  return findLeafBelow(db(), messageId);
}
