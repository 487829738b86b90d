import "server-only";
import { z } from "zod";
import { usageTotalsSchema, type UsageTotals } from "@/lib/contracts/receipts";
import type { Actor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";

/**
 * The answers on one of whose receipts an entry of the ledger may be that concerns `messages m`:
 * those that were asked for together with it, which may share a call.
 */
export const answersBesides = Prisma.sql`
  CASE WHEN m.candidate_group IS NULL THEN ARRAY[m.id] ELSE ARRAY(
    SELECT s.id FROM messages s
    WHERE s.parent_id = m.parent_id AND s.candidate_group = m.candidate_group) END`;

/**
 * Whether a call brought several answers: then it is none of the generations, each of which is the
 * call of its own answer. Looked up by the key for each call, and never read whole.
 */
export const isSharedCall = (callId: Prisma.Sql, kind: Prisma.Sql) => Prisma.sql`(
  ${kind} = 'answer' AND (SELECT g.id FROM generations g WHERE g.id = ${callId}) IS NULL)`;

/** Whether an entry `ledger l` is on the receipt of `messages m`. */
export const isOnReceipt = Prisma.sql`
  l.answer_id = ANY(${answersBesides}) AND (m.candidate_group IS NULL
    OR CASE WHEN ${isSharedCall(Prisma.sql`l.call_id`, Prisma.sql`l.kind`)} THEN true
       ELSE l.answer_id = m.id END)`;

/**
 * What the receipt of `messages m` comes to, as in usageTotalsSchema; null where nothing was used.
 * What was taken back counts against what it takes back.
 *
 * @param filter leaves out some entries `ledger l`.
 */
export const usageOf = (filter: Prisma.Sql = Prisma.sql`true`) => Prisma.sql`(
  SELECT json_build_object(
    'inputTokens', sum(part.input_tokens), 'outputTokens', sum(part.output_tokens),
    'unpriced', coalesce(sum(part.requests) FILTER (WHERE part.currency IS NULL), 0),
    'isEstimated', sum(part.estimated) > 0,
    'costs', coalesce(json_agg(
      json_build_object('currency', part.currency, 'micros', part.cost_micros)
      ORDER BY part.currency) FILTER (WHERE part.currency IS NOT NULL), '[]'::json))
  FROM (
    SELECT CASE WHEN l.cost_micros IS NOT NULL THEN l.currency END AS currency,
      sum(l.input_tokens) AS input_tokens, sum(l.output_tokens) AS output_tokens,
      sum(l.cost_micros) AS cost_micros, sum(sign.of) AS requests,
      sum(CASE WHEN l.source = 'estimated' THEN sign.of ELSE 0 END) AS estimated
    FROM ledger l CROSS JOIN LATERAL (
      SELECT CASE WHEN l.revision = 1 THEN -1 ELSE 1 END AS of) sign
    WHERE ${isOnReceipt} AND l.source IS NOT NULL AND ${filter}
    GROUP BY 1 HAVING sum(sign.of) > 0) part
  HAVING count(*) > 0)`;

/** What a statement read by `usageOf`. */
export const readUsage = (value: unknown): UsageTotals | null =>
  usageTotalsSchema.nullable().parse(value);

const rowSchema = z.object({ usage: usageTotalsSchema.nullable() });

/** What the receipt of an answer of the actor's comes to; null where nothing is on it. */
export async function readAnswerUsage(actor: Actor, answerId: string): Promise<UsageTotals | null> {
  const [row] = await db().$queryRaw<unknown[]>`
    SELECT ${usageOf()} AS usage FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.id = ${answerId} AND c.user_id = ${actor.userId}`;
  return row === undefined ? null : rowSchema.parse(row).usage;
}
