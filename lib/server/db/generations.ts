import "server-only";
import { z } from "zod";
import { candidateSchema, type Candidate } from "@/lib/contracts/chat";
import { errorCodeSchema, errorDetailsSchema } from "@/lib/contracts/errors";
import { answerPartSchema, messageStatusSchema } from "@/lib/contracts/messages";
import type { Actor, SystemActor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { db } from "./client";

const liveGenerationSchema = z.object({
  id: z.string(),
  answer_id: z.string(),
  parent_id: z.string().nullable(),
  model_label: z.string().nullable(),
  title: z.string(),
  silent_ms: z.number(),
  candidates: z.array(candidateSchema).nullable(),
});

export type LiveGeneration = {
  id: string;
  answerId: string;
  parentId: string;
  modelLabel: string | null;
  title: string;
  /** All that were asked for together; null for an answer of its own. */
  candidates: Candidate[] | null;
  /** Since its last sign of life. */
  silentForMs: number;
};

/**
 * What is being written in a conversation, by whichever instance: one answer, or the first of
 * several; null when nothing is.
 *
 * @throws AppError `not_found` when the conversation is not the actor's, or deleted.
 */
export async function findLiveGeneration(
  actor: Actor,
  conversationId: string,
  messageId: string | null = null,
): Promise<LiveGeneration | null> {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT g.id, m.id AS answer_id, m.parent_id, m.model_label, c.title,
      (extract(epoch FROM now() - g.heartbeat_at) * 1000)::float8 AS silent_ms,
      (SELECT json_agg(json_build_object('messageId', s.id, 'model', coalesce(s.model_label, ''),
          'generationId', o.id, 'modelId', o.alias_id) ORDER BY s.id)
        FROM messages s CROSS JOIN LATERAL (
          SELECT id, alias_id FROM generations WHERE message_id = s.id
          ORDER BY started_at DESC LIMIT 1) o
        WHERE s.parent_id = m.parent_id AND s.candidate_group = m.candidate_group
          AND g.kind = 'answer') AS candidates
    FROM conversations c
    LEFT JOIN messages m ON m.id = ANY(c.live_message_ids)
      AND (${messageId}::text IS NULL OR m.id = ${messageId})
    LEFT JOIN generations g ON g.message_id = m.id AND g.status = 'streaming'
    WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    ORDER BY g.id IS NULL, m.id, g.started_at DESC LIMIT 1`;
  if (row === undefined) throw new AppError("not_found");
  const live = liveGenerationSchema.safeParse(row);
  if (!live.success) return null;
  const { id, answer_id, parent_id, model_label, title, silent_ms, candidates } = live.data;
  return {
    id,
    answerId: answer_id,
    parentId: parent_id ?? "",
    modelLabel: model_label,
    title,
    candidates,
    silentForMs: silent_ms,
  };
}

const storedSchema = z.object({
  is_live: z.boolean(),
  silent_ms: z.number(),
  status: messageStatusSchema,
  parts: z.array(answerPartSchema),
  error_code: errorCodeSchema.nullable().catch("internal"),
  error_details: errorDetailsSchema.nullable().catch(null),
});

/** The answer that a generation writes, as far as it is stored; null when there is none. */
export async function readStoredAnswer(actor: Actor, generationId: string) {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT g.status = 'streaming' AS is_live, m.status, m.parts, m.error_code, m.error_details,
      (extract(epoch FROM now() - g.heartbeat_at) * 1000)::float8 AS silent_ms
    FROM generations g JOIN messages m ON m.id = g.message_id
    WHERE g.id = ${generationId} AND g.user_id = ${actor.userId}`;
  if (row === undefined) return null;
  const stored = storedSchema.parse(row);
  return {
    isLive: stored.is_live,
    silentForMs: stored.silent_ms,
    status: stored.status,
    parts: stored.parts,
    errorCode: stored.error_code,
    errorDetails: stored.error_details,
  };
}

/**
 * Notes that the actor wants an end of what is written in a conversation: of one generation, or of
 * all that are live. Whoever writes them looks for such notes.
 *
 * @returns the generations to stop.
 */
export async function askToStop(
  actor: Actor,
  conversationId: string,
  generationId: string | null,
): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE generations g SET stop_asked_at = now()
    FROM conversations c
    WHERE c.id = ${conversationId} AND c.user_id = ${actor.userId}
      AND g.conversation_id = c.id AND g.message_id = ANY(c.live_message_ids)
      AND g.status = 'streaming'
      AND (${generationId}::text IS NULL OR g.id = ${generationId})
    RETURNING g.id`;
  return rows.map(({ id }) => id);
}

/** Notes that nothing of a user is to be written on. */
export async function askToStopAllOf(_system: SystemActor, userId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE generations SET stop_asked_at = now()
    WHERE user_id = ${userId} AND status = 'streaming'`;
}

/** Whether any of these generations of the actor's is still being written. */
export async function isAnyGenerationLive(
  actor: Actor,
  generationIds: readonly string[],
): Promise<boolean> {
  const row = await db().generation.findFirst({
    where: { id: { in: [...generationIds] }, userId: actor.userId, status: "streaming" },
    select: { id: true },
  });
  return row !== null;
}

/** Whether any of an actor's generations is being written. */
export async function isAnyStreaming(actor: Actor, ids: readonly string[]): Promise<boolean> {
  const found = await db().generation.findFirst({
    where: { id: { in: [...ids] }, userId: actor.userId, status: "streaming" },
    select: { id: true },
  });
  return found !== null;
}
