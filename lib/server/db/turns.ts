import "server-only";
import { z } from "zod";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import { messagePartSchema, type MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import type { AnswerOutcome } from "@/lib/domain/answer/outcome";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";

export type TurnToOpen = {
  conversationId: string;
  /** Null when an existing user message is answered anew. */
  userMessage: { id: string; parts: MessagePart[]; tokenCount: number } | null;
  /**
   * What the user message follows, or without one the message to answer. `undefined` means the
   * active leaf.
   */
  parentId: string | null | undefined;
  answerId: string;
  generationId: string;
  title: string;
  model: { id: string; name: string; label: string; providerId: string };
  /** Changes the conversation's own system prompt; undefined leaves it. */
  systemPrompt: string | null | undefined;
  /** How many earlier messages to return. */
  historyLimit: number;
};

export type OpenedTurn = {
  isNewConversation: boolean;
  title: string;
  systemPrompt: string | null;
  userSystemPrompt: string | null;
  /** Earlier messages of the branch, oldest first; includes the answered one when it is not new. */
  history: {
    id: string;
    role: "user" | "assistant";
    parts: MessagePart[];
    tokenCount: number | null;
  }[];
};

const openedSchema = z.object({
  is_new: z.boolean(),
  title: z.string(),
  system_prompt: z.string().nullable(),
  user_system_prompt: z.string().nullable(),
  history: z.array(
    z.object({
      id: z.string(),
      role: z.enum(["user", "assistant"]),
      parts: z.array(messagePartSchema),
      tokenCount: z.number().nullable(),
    }),
  ),
});

/**
 * Opens a turn in one statement, and so in one transaction and one round trip: finds or makes the
 * conversation, claims it for this answer, stores the user message, an empty `streaming` answer
 * and the generation, and returns the history.
 *
 * The claim (`live_message_id` from null to this answer) is what makes a double click, two tabs
 * or two instances end in one answer: PostgreSQL lets one through and the others see the claim.
 *
 * @returns null when nothing was opened: the conversation is not the actor's, or deleted, is
 * already claimed, or the parent is not in it. A used message id throws Prisma's P2002 or, for a
 * raw query, its P2010.
 */
export async function openTurn(actor: Actor, turn: TurnToOpen): Promise<OpenedTurn | null> {
  const { conversationId, userMessage, answerId, model } = turn;
  const usesLeaf = turn.parentId === undefined;
  const parts = JSON.stringify(userMessage?.parts ?? []);
  const rows = await db().$queryRaw<unknown[]>`
    WITH RECURSIVE start AS (
      SELECT CASE WHEN ${usesLeaf}
        THEN (SELECT active_leaf_id FROM conversations
              WHERE id = ${conversationId} AND user_id = ${actor.userId})
        ELSE ${turn.parentId ?? null}::text END AS parent_id
    ), claimed AS (
      INSERT INTO conversations
        (id, user_id, title, model_id, system_prompt, active_leaf_id, live_message_id)
      SELECT ${conversationId}, ${actor.userId}, ${turn.title}, ${model.id},
             ${turn.systemPrompt ?? null}, ${answerId}, ${answerId}
      FROM start
      WHERE start.parent_id IS NULL OR EXISTS (
        SELECT 1 FROM messages p
        WHERE p.id = start.parent_id AND p.conversation_id = ${conversationId})
      ON CONFLICT (id) DO UPDATE SET
        live_message_id = EXCLUDED.live_message_id,
        active_leaf_id = EXCLUDED.active_leaf_id,
        model_id = EXCLUDED.model_id,
        system_prompt = CASE WHEN ${turn.systemPrompt !== undefined}
          THEN EXCLUDED.system_prompt ELSE conversations.system_prompt END,
        updated_at = now()
      WHERE conversations.user_id = ${actor.userId}
        AND conversations.deleted_at IS NULL
        AND conversations.live_message_id IS NULL
      RETURNING id, title, system_prompt, (xmax = 0) AS is_new
    ), question AS (
      INSERT INTO messages (id, conversation_id, parent_id, role, parts, status, token_count)
      SELECT ${userMessage?.id ?? null}, claimed.id, start.parent_id, 'user', ${parts}::jsonb,
             'complete', ${userMessage?.tokenCount ?? null}::int
      FROM claimed, start WHERE ${userMessage !== null}
      RETURNING id
    ), answer AS (
      INSERT INTO messages
        (id, conversation_id, parent_id, role, parts, status, model_id, model_label)
      SELECT ${answerId}, claimed.id, coalesce(${userMessage?.id ?? null}, start.parent_id),
             'assistant', '[]'::jsonb, 'streaming', ${model.id}, ${model.label}
      FROM claimed, start
    ), generation AS (
      INSERT INTO generations
        (id, conversation_id, message_id, user_id, provider_id, model_id, model_name, status)
      SELECT ${turn.generationId}, claimed.id, ${answerId}, ${actor.userId}, ${model.providerId},
             ${model.id}, ${model.name}, 'streaming'
      FROM claimed
    ), history AS (
      SELECT m.id, m.parent_id, m.role, m.parts, m.token_count, 1 AS depth
      FROM messages m, start, claimed
      WHERE m.id = start.parent_id AND m.conversation_id = claimed.id
      UNION ALL
      SELECT m.id, m.parent_id, m.role, m.parts, m.token_count, history.depth + 1
      FROM messages m JOIN history ON m.id = history.parent_id
      WHERE history.depth < ${turn.historyLimit}
    )
    SELECT claimed.title, claimed.system_prompt, claimed.is_new,
      (SELECT u.system_prompt FROM users u WHERE u.id = ${actor.userId}) AS user_system_prompt,
      coalesce((SELECT json_agg(json_build_object(
          'id', h.id, 'role', h.role, 'parts', h.parts, 'tokenCount', h.token_count)
          ORDER BY h.depth DESC) FROM history h), '[]'::json) AS history
    FROM claimed`;
  const [row] = rows;
  if (row === undefined) return null;
  const opened = openedSchema.parse(row);
  return {
    isNewConversation: opened.is_new,
    title: opened.title,
    systemPrompt: opened.system_prompt,
    userSystemPrompt: opened.user_system_prompt,
    history: opened.history,
  };
}

/** Whether an error says that an id is taken already. */
export function isDuplicateId(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || JSON.stringify(error.meta ?? {}).includes("23505");
}

/** Saves what has come so far of a live answer, and that its generation is alive. */
export async function saveCheckpoint(
  actor: Actor,
  answer: { id: string; generationId: string; parts: MessagePart[] },
): Promise<void> {
  await db().$executeRaw`
    WITH beat AS (
      UPDATE generations SET heartbeat_at = now()
      WHERE id = ${answer.generationId} AND user_id = ${actor.userId} AND status = 'streaming'
      RETURNING message_id
    )
    UPDATE messages m SET parts = ${JSON.stringify(answer.parts)}::jsonb, updated_at = now()
    FROM beat WHERE m.id = beat.message_id AND m.status = 'streaming'`;
}

export type TurnToClose = {
  conversationId: string;
  answerId: string;
  generationId: string;
  parts: MessagePart[];
  outcome: AnswerOutcome;
  tokenCount: number;
  finishReason: string | null;
  usage: { inputTokens: number; outputTokens: number; source: "reported" | "estimated" } | null;
  firstTokenAt: Date | null;
};

/**
 * Closes a turn in one statement: final parts and status, usage, and the conversation is free for
 * the next turn. Doing it twice changes nothing.
 *
 * It overrules closeAbandonedGenerations: after a long outage that may come first, but whoever
 * closes the turn holds the whole answer.
 */
export async function closeTurn(actor: Actor, turn: TurnToClose): Promise<void> {
  const { outcome, usage } = turn;
  const details: ErrorDetails | null = outcome.errorDetails;
  const errorCode: ErrorCode | null = outcome.errorCode;
  await db().$executeRaw`
    WITH closed AS (
      UPDATE generations SET
        status = ${outcome.status}::message_status, finish_reason = ${turn.finishReason},
        error_code = ${errorCode}, input_tokens = ${usage?.inputTokens ?? null}::int,
        output_tokens = ${usage?.outputTokens ?? null}::int,
        usage_source = ${usage?.source ?? null}, first_token_at = ${turn.firstTokenAt}::timestamptz,
        heartbeat_at = now(), finished_at = now()
      WHERE id = ${turn.generationId} AND user_id = ${actor.userId}
        AND (status = 'streaming' OR (status = 'interrupted' AND error_code = 'server_restarted'))
      RETURNING message_id, conversation_id
    ), freed AS (
      UPDATE conversations c SET live_message_id = NULL, updated_at = now()
      FROM closed WHERE c.id = closed.conversation_id AND c.live_message_id = closed.message_id
    )
    UPDATE messages m SET
      parts = ${JSON.stringify(turn.parts)}::jsonb, status = ${outcome.status}::message_status,
      error_code = ${errorCode},
      error_details = ${details === null ? null : JSON.stringify(details)}::jsonb,
      token_count = ${turn.tokenCount}::int, updated_at = now()
    FROM closed WHERE m.id = closed.message_id`;
}
