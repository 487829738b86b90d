import "server-only";
import { z } from "zod";
import { callKindSchema, payers, priceVersionSchema } from "@/lib/contracts/usage";
import type { SystemActor } from "@/lib/domain/actor";
import type { OrphanFacts } from "@/lib/domain/ledger/orphan";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";
import { settleStatements, type BookedAttempt } from "./settle-calls";

/** Says that the calls of holds are still being made. @returns those that are still open. */
export async function renewHolds(_system: SystemActor, ids: readonly string[]): Promise<string[]> {
  // In the order in which others lock several of them.
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH own AS MATERIALIZED (
      SELECT id FROM holds WHERE id = ANY(${[...ids]}::text[]) AND ended_at IS NULL
      ORDER BY id FOR UPDATE
    )
    UPDATE holds SET renewed_at = now() FROM own WHERE holds.id = own.id
    RETURNING holds.id`;
  return rows.map(({ id }) => id);
}

/** What is stored of the model that a call asks first. */
export const orphanFactsSchema = z.object({
  providerId: z.string(),
  providerName: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  payer: z.enum(payers),
  price: priceVersionSchema.nullable(),
  inputTokens: z.number().int(),
}) satisfies z.ZodType<OrphanFacts>;

/**
 * Holds that nobody has renewed for so long. Those of answers come up here only once all answers
 * that they were to bring have been ended: then they are booked with those.
 */
export async function findOrphanedHolds(
  _system: SystemActor,
  silentForMs: number,
): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT h.id FROM holds h
    WHERE h.ended_at IS NULL
      AND h.renewed_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)
      AND NOT (h.kind IN ('answer', 'continuation') AND EXISTS (
        SELECT 1 FROM messages m
          JOIN messages s ON s.id = m.id
            OR s.parent_id = m.parent_id AND s.candidate_group = m.candidate_group
          JOIN generations g ON g.message_id = s.id AND g.status = 'streaming'
        WHERE m.id = h.answer_id))
    ORDER BY h.id`;
  return rows.map(({ id }) => id);
}

const orphanSchema = z.object({
  id: z.string(),
  userId: z.string(),
  kind: callKindSchema,
  conversationId: z.string().nullable(),
  answerId: z.string().nullable(),
  first: orphanFactsSchema,
  createdAt: z.date(),
});

/** Settles such a hold by its prompt, unless somebody has renewed or settled it meanwhile. */
export async function settleOrphanedHold(
  _system: SystemActor,
  id: string,
  silentForMs: number,
): Promise<void> {
  await retryConflict(() =>
    db().$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<unknown[]>`
        SELECT id, user_id AS "userId", kind, conversation_id AS "conversationId",
          answer_id AS "answerId", first, created_at AS "createdAt"
        FROM holds
        WHERE id = ${id} AND ended_at IS NULL
          AND renewed_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)
        FOR UPDATE`;
      if (row === undefined) return;
      const booked = [toBooked(orphanSchema.parse(row))];
      const [, settle] = settleStatements({ holdIds: [id], booked });
      await tx.$executeRaw(settle);
    }),
  );
}

function toBooked(hold: z.infer<typeof orphanSchema>): BookedAttempt {
  const { id, userId, kind, conversationId, answerId, first, createdAt } = hold;
  const { inputTokens, ...model } = first;
  return {
    ...{ userId, kind, conversationId, answerId, isProvisional: true },
    attempt: {
      ...model,
      callId: id,
      callNumber: 1,
      number: 1,
      keyId: null,
      outcome: "aborted",
      httpStatus: null,
      errorCode: "server_restarted",
      usage: { inputTokens, outputTokens: 0, source: "estimated" },
      leftOut: [],
      startedAt: createdAt,
      headersAt: null,
      firstTokenAt: null,
      finishedAt: createdAt,
    },
  };
}

/**
 * Forgets holds that ended long ago. What is settled later than that is in no budget any more, but
 * for what was booked without knowing: for its truth they wait longer.
 */
export async function deleteOldHolds(
  _system: SystemActor,
  { endedBefore, unknownBefore }: { endedBefore: Date; unknownBefore: Date },
): Promise<void> {
  await db().$executeRaw`
    DELETE FROM holds h
    WHERE h.ended_at < ${endedBefore} AND (h.ended_at < ${unknownBefore} OR NOT EXISTS (
      SELECT 1 FROM ledger l
      WHERE l.call_id = h.id AND l.revision = 0 AND l.is_provisional AND NOT EXISTS (
        SELECT 1 FROM ledger b
        WHERE b.call_id = l.call_id AND b.number = l.number AND b.revision = 1)))`;
}
