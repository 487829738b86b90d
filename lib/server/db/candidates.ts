import "server-only";
import { z } from "zod";
import type { Message } from "@/lib/contracts/messages";
import { usageTotalsSchema } from "@/lib/contracts/receipts";
import { priceVersionSchema } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { CandidateRecord } from "@/lib/domain/answer/candidate-figures";
import { AppError } from "@/lib/domain/errors/app-error";
import { Prisma } from "@/generated/prisma/client";
import { usageOf } from "./answer-usage";
import { db } from "./client";
import { messageColumns, toMessage, type MessageRow } from "./message-rows";
import { priceAt } from "./price-at";

export type StoredCandidate = {
  message: Message;
  /** The alias that was picked for it; null for an answer of an older release. */
  modelId: string | null;
  record: CandidateRecord;
};

const momentSchema = z.coerce.date();

const recordSchema = z.object({
  aliasId: z.string().nullable(),
  firstTokenAt: momentSchema.nullable(),
  finishedAt: momentSchema.nullable(),
  calls: z.array(
    z.object({
      startedAt: momentSchema,
      firstTokenAt: momentSchema.nullable(),
      finishedAt: momentSchema,
      usage: z
        .object({
          inputTokens: z.number(),
          outputTokens: z.number(),
          source: z.enum(["reported", "estimated"]),
        })
        .nullable(),
      price: priceVersionSchema.nullable(),
    }),
  ),
  booked: usageTotalsSchema.nullable(),
});

/**
 * The answers that were asked for together with one, in order, each with what its figures are made
 * of: every request for it, at the price that was valid then. An answer of its own comes alone.
 *
 * @throws AppError `not_found` when it is no answer, or not the actor's.
 */
export async function findCandidates(actor: Actor, messageId: string): Promise<StoredCandidate[]> {
  const rows = await db().$queryRaw<(MessageRow & { record: unknown })[]>`
    WITH asked AS (
      SELECT m.id, m.parent_id, m.candidate_group
      FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.id = ${messageId} AND m.role = 'assistant' AND m.deleted_at IS NULL
        AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL
    ), candidate AS (
      SELECT m.* FROM asked JOIN messages m ON m.parent_id = asked.parent_id
      WHERE m.deleted_at IS NULL AND (m.id = asked.id OR m.candidate_group = asked.candidate_group)
    )
    SELECT ${messageColumns}, json_build_object(
      'aliasId', newest.alias_id, 'firstTokenAt', newest.first_token_at,
      'finishedAt', newest.finished_at,
      'calls', coalesce((
        SELECT json_agg(json_build_object(
          'startedAt', a.started_at, 'firstTokenAt', a.first_token_at,
          'finishedAt', a.finished_at,
          'usage', CASE WHEN a.usage_source IS NOT NULL THEN json_build_object(
            'inputTokens', a.input_tokens, 'outputTokens', a.output_tokens,
            'source', a.usage_source) END,
          'price', ${priceAt(Prisma.sql`a.model_id`, Prisma.sql`a.started_at`)})
          ORDER BY g.started_at, a.number)
        FROM generations g JOIN attempts a ON a.generation_id = g.id
        WHERE g.message_id = m.id), '[]'::json),
      'booked', ${usageOf(Prisma.sql`l.kind <> 'summary'`)}) AS record
    FROM candidate m LEFT JOIN LATERAL (
      SELECT g.alias_id, g.first_token_at, g.finished_at FROM generations g
      WHERE g.message_id = m.id ORDER BY g.started_at DESC LIMIT 1) newest ON true
    ORDER BY m.created_at, m.id`;
  if (rows.length === 0) throw new AppError("not_found");
  return rows.map(({ record, ...row }) => {
    const { aliasId, ...rest } = recordSchema.parse(record);
    const message = toMessage(row);
    return { message, modelId: aliasId, record: { parts: message.parts, ...rest } };
  });
}
