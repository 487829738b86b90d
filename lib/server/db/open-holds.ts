import "server-only";
import { z } from "zod";
import { callKindSchema, payers, priceVersionSchema, type CallKind } from "@/lib/contracts/usage";
import type { SystemActor } from "@/lib/domain/actor";
import type { OrphanFacts } from "@/lib/domain/ledger/orphan";
import { db } from "./client";

/** Says that the calls of holds are still being made. @returns those that are still open. */
export async function renewHolds(_system: SystemActor, ids: readonly string[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE holds SET renewed_at = now() WHERE id = ANY(${[...ids]}::text[]) AND ended_at IS NULL
    RETURNING id`;
  return rows.map(({ id }) => id);
}

/** A hold whose process has died. */
export type OrphanedHold = {
  id: string;
  userId: string;
  kind: CallKind;
  conversationId: string | null;
  answerId: string | null;
  first: OrphanFacts;
  createdAt: Date;
};

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

const orphanSchema = z.object({
  id: z.string(),
  userId: z.string(),
  kind: callKindSchema,
  conversationId: z.string().nullable(),
  answerId: z.string().nullable(),
  first: orphanFactsSchema,
  createdAt: z.date(),
});

/**
 * Holds that nobody has renewed for so long. Those of answers come up here only once the answer
 * itself has been ended.
 */
export async function findOrphanedHolds(
  _system: SystemActor,
  silentForMs: number,
): Promise<OrphanedHold[]> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT h.id, h.user_id AS "userId", h.kind, h.conversation_id AS "conversationId",
      h.answer_id AS "answerId", h.first, h.created_at AS "createdAt"
    FROM holds h
    WHERE h.ended_at IS NULL
      AND h.renewed_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)
      AND NOT EXISTS (
        SELECT 1 FROM generations g WHERE g.message_id = h.answer_id AND g.status = 'streaming'
          AND h.kind <> 'summary')`;
  return rows.map((row) => orphanSchema.parse(row));
}

/** Forgets holds that ended long ago; what is settled later than that is in no budget any more. */
export async function deleteOldHolds(_system: SystemActor, endedBefore: Date): Promise<void> {
  await db().hold.deleteMany({ where: { endedAt: { lt: endedBefore } } });
}
