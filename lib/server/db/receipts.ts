import "server-only";
import { z } from "zod";
import { errorCodeSchema } from "@/lib/contracts/errors";
import { receiptRequestSchema, type Receipt } from "@/lib/contracts/receipts";
import { callKindSchema } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { writeReceipt } from "@/lib/domain/ledger/receipt-calls";
import { Prisma } from "@/generated/prisma/client";
import { answersBesides, isOnReceipt, isSharedCall } from "./answer-usage";
import { db } from "./client";

const momentSchema = z.coerce.date().transform((at) => at.toISOString());
const priceSchema = z
  .object({ ...receiptRequestSchema.shape.price.unwrap().shape, validFrom: momentSchema })
  .nullable();

const rowSchema = z.object({
  isOpen: z.boolean(),
  entries: z.array(
    z.object({
      ...receiptRequestSchema.shape,
      // A later release may know more codes.
      errorCode: errorCodeSchema.nullable().catch("internal"),
      price: priceSchema,
      callId: z.string(),
      kind: callKindSchema,
      at: momentSchema,
      sharedBy: z.number(),
    }),
  ),
});

/**
 * The receipt of an answer of the actor's: every request that is booked for it, with what it
 * caused. What turned out otherwise later is there as it was in truth.
 *
 * @throws AppError `not_found` when it is no answer, or not the actor's.
 */
export async function readReceipt(actor: Actor, messageId: string): Promise<Receipt> {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT ${isOpen} AS "isOpen", coalesce((
      SELECT json_agg(${entry} ORDER BY l.occurred_at, l.call_id, l.number)
      FROM ledger l LEFT JOIN models k ON k.id = l.model_id
      WHERE ${isOnReceipt} AND l.user_id = c.user_id AND l.revision <> 1 AND NOT (
        l.revision = 0 AND EXISTS (
          SELECT 1 FROM ledger back WHERE back.call_id = l.call_id AND back.number = l.number
            AND back.revision = 1))), '[]'::json) AS entries
    FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.id = ${messageId} AND m.role = 'assistant' AND m.deleted_at IS NULL
      AND c.user_id = ${actor.userId} AND c.deleted_at IS NULL`;
  if (row === undefined) throw new AppError("not_found");
  const { entries, ...rest } = rowSchema.parse(row);
  return { ...writeReceipt(entries), ...rest };
}

const isOpen = Prisma.sql`(m.status = 'streaming' OR EXISTS (
  SELECT 1 FROM holds h
  WHERE h.ended_at IS NULL AND h.answer_id = ANY(${answersBesides})
    AND (h.answer_id = m.id OR ${isSharedCall(Prisma.sql`h.id`, Prisma.sql`h.kind`)})))`;

const price = Prisma.sql`CASE WHEN l.currency IS NOT NULL AND l.price_valid_from IS NOT NULL
  AND l.input_micros IS NOT NULL AND l.output_micros IS NOT NULL THEN json_build_object(
  'id', coalesce(l.price_id, ''), 'currency', l.currency, 'inputMicros', l.input_micros,
  'cachedInputMicros', l.cached_input_micros, 'outputMicros', l.output_micros,
  'reasoningMicros', l.reasoning_micros, 'validFrom', l.price_valid_from) END`;

const entry = Prisma.sql`json_build_object(
  'callId', l.call_id, 'kind', l.kind, 'at', l.occurred_at, 'number', l.number,
  'sharedBy', CASE WHEN m.candidate_group IS NOT NULL
      AND ${isSharedCall(Prisma.sql`l.call_id`, Prisma.sql`l.kind`)}
    THEN cardinality(${answersBesides}) ELSE 1 END,
  'provider', l.provider_name, 'model', coalesce(k.label, l.model_name), 'payer', l.paid_by,
  'outcome', l.outcome, 'errorCode', l.error_code, 'source', l.source,
  'inputTokens', l.input_tokens, 'cachedTokens', l.cached_tokens,
  'outputTokens', l.output_tokens, 'reasoningTokens', l.reasoning_tokens,
  'price', ${price}, 'durationMs', l.duration_ms,
  'cost', CASE WHEN l.source IS NOT NULL AND l.cost_micros IS NOT NULL AND l.currency IS NOT NULL
    THEN json_build_object('currency', l.currency, 'micros', l.cost_micros) END)`;
