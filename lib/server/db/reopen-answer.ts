import "server-only";
import { z } from "zod";
import { answerPartSchema, type AnswerPart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import {
  branchHistoryColumns,
  branchHistorySteps,
  toBranchHistory,
  type HistoryScope,
} from "./branch-history";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";
import { openedSchema, type OpenedBy, type OpenedTurn } from "./open-turn";

export type AnswerToReopen = {
  conversationId: string;
  answerId: string;
  generationId: string;
  aliasId: string;
  /** The model that is asked first. */
  model: OpenedBy["model"];
  scope: HistoryScope;
};

export type ReopenedAnswer = Omit<OpenedTurn, "isNewConversation" | "count" | "followsLeaf"> & {
  /** The user message that is answered; the last of the history. */
  parentId: string;
  /** What there is of the answer. */
  parts: AnswerPart[];
};

const reopenedSchema = openedSchema
  .omit({ is_new: true, count: true, follows_leaf: true })
  .extend({ parent_id: z.string(), parts: z.array(answerPartSchema) });

/**
 * Opens an answer that was cut once more, to go on with it: in one statement and under the same
 * claim as openTurn. Only the end of the active branch can go on.
 *
 * @returns null when there is no such answer, it is whole, something follows it, or another answer
 * is being written.
 */
export async function reopenAnswer(
  actor: Actor,
  turn: AnswerToReopen,
): Promise<ReopenedAnswer | null> {
  const { conversationId, answerId, model } = turn;
  const rows = await retryConflict(
    () => db().$queryRaw<unknown[]>`
    WITH RECURSIVE claimed AS (
      UPDATE conversations c SET live_message_ids = ARRAY[${answerId}], updated_at = now()
      WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
        AND c.live_message_ids = '{}' AND c.active_leaf_id = ${answerId}
        AND EXISTS (
          SELECT 1 FROM messages m
          WHERE m.id = ${answerId} AND m.conversation_id = c.id AND m.role = 'assistant'
            AND m.status IN ('length', 'stopped', 'interrupted') AND m.deleted_at IS NULL)
      RETURNING c.id, c.title, c.system_prompt, c.parameters, c.context_policy
    ), reopened AS (
      UPDATE messages m SET status = 'streaming', error_code = NULL, error_details = NULL,
        model_id = ${model.id}, model_label = ${model.label}, updated_at = now()
      FROM claimed WHERE m.id = ${answerId}
      RETURNING m.parent_id, m.parts, m.branch_context
    ), generation AS (
      INSERT INTO generations
        (id, kind, conversation_id, message_id, user_id, provider_id, model_id, model_name,
         alias_id, parameters, status)
      SELECT ${turn.generationId}, 'continuation', claimed.id, ${answerId}, ${actor.userId},
             ${model.providerId}, ${model.id}, ${model.name}, ${turn.aliasId}, claimed.parameters,
             'streaming'
      FROM claimed
    ), origin AS (
      SELECT claimed.id AS conversation_id, reopened.parent_id, reopened.branch_context,
        claimed.context_policy AS conversation_policy, u.context_policy AS user_policy
      FROM claimed CROSS JOIN reopened LEFT JOIN users u ON u.id = ${actor.userId}
    ), ${branchHistorySteps(turn.scope)}
    SELECT claimed.title, claimed.system_prompt, claimed.parameters, reopened.parent_id, reopened.parts,
      (SELECT u.system_prompt FROM users u WHERE u.id = ${actor.userId}) AS user_system_prompt,
      ${branchHistoryColumns}
    FROM claimed, reopened, scope`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const reopened = reopenedSchema.parse(row);
  return {
    title: reopened.title,
    systemPrompt: reopened.system_prompt,
    userSystemPrompt: reopened.user_system_prompt,
    parameters: reopened.parameters,
    ...toBranchHistory(reopened),
    parentId: reopened.parent_id,
    parts: reopened.parts,
  };
}
