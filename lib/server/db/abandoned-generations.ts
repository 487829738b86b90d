import "server-only";
import { z } from "zod";
import type { ContextPolicy } from "@/lib/contracts/context";
import { callKindSchema, priceVersionSchema } from "@/lib/contracts/usage";
import type { SystemActor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { insertLostAttempts } from "./book-attempts";
import { db } from "./client";
import { orphanFactsSchema } from "./open-holds";
import { priceAt } from "./price-at";
import { retryConflict } from "./retry-conflict";
import { settleStatements, type BookedAttempt } from "./settle-calls";
import { getInstanceSettings } from "./settings";

/**
 * Ends the generations that nobody writes any more: their heartbeat is older than `silentForMs`,
 * as after a crash. The text up to the last checkpoint stays, marked `interrupted`; an answer
 * without any has failed. What it used is booked as one attempt, by our own count.
 *
 * @param own generations that this process writes, however long the database was away.
 * @returns how many there were.
 */
export async function closeAbandonedGenerations(
  _system: SystemActor,
  silentForMs: number,
  own: readonly string[] = [],
): Promise<number> {
  // Nearly always there is none: that takes no transaction to find out.
  const silent = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM generations g WHERE ${isSilent(silentForMs, own)} LIMIT 1`;
  if (silent.length === 0) return 0;
  const { contextPolicy } = await getInstanceSettings();
  return retryConflict(() =>
    db().$transaction(async (tx) => {
      const rows = await tx.$queryRaw<unknown[]>(endStatement(silentForMs, own, contextPolicy));
      const booked = rows.map((row) => toBooked(abandonedSchema.parse(row)));
      const holdIds = booked.map(({ attempt, holdId }) => holdId ?? attempt.callId);
      if (booked.length === 0) return 0;
      const [lock, settle] = settleStatements({ holdIds, booked });
      await tx.$queryRaw(lock);
      await tx.$executeRaw(settle);
      return booked.length;
    }),
  );
}

const abandonedSchema = z.object({
  id: z.string(),
  kind: callKindSchema,
  user_id: z.string(),
  conversation_id: z.string(),
  message_id: z.string(),
  provider_id: z.string().nullable(),
  provider_name: z.string().nullable(),
  model_id: z.string().nullable(),
  model_name: z.string().nullable(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  started_at: z.date(),
  ended_at: z.date(),
  price: priceVersionSchema.nullable(),
  hold_id: z.string().nullable(),
  hold_answer_id: z.string().nullable(),
  first: orphanFactsSchema.nullable(),
  /** Among those that one call was to bring. */
  place: z.coerce.number(),
});

/** What it used as far as we know, booked until the truth comes, if it does. */
function toBooked(row: z.infer<typeof abandonedSchema>): BookedAttempt {
  const { first } = row;
  const callId = row.hold_id ?? row.id;
  return {
    ...{ userId: row.user_id, kind: row.kind, conversationId: row.conversation_id },
    answerId: row.hold_answer_id ?? row.message_id,
    isProvisional: true,
    attempt: {
      callId,
      callNumber: row.place,
      number: 1,
      providerId: row.provider_id ?? "",
      providerName: row.provider_name ?? "",
      modelId: row.model_id ?? "",
      modelName: row.model_name ?? "",
      keyId: null,
      payer: first?.payer ?? "team",
      price: first?.modelId === row.model_id ? (first.price ?? row.price) : row.price,
      outcome: "aborted",
      httpStatus: null,
      errorCode: "server_restarted",
      usage: {
        ...{ inputTokens: row.input_tokens, outputTokens: row.output_tokens, source: "estimated" },
      },
      leftOut: [],
      startedAt: row.started_at,
      headersAt: null,
      firstTokenAt: null,
      finishedAt: row.ended_at,
    },
  };
}

const isSilent = (silentForMs: number, own: readonly string[]) => Prisma.sql`
  g.status = 'streaming' AND g.id <> ALL(${[...own]}::text[])
    AND g.heartbeat_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)`;

function endStatement(
  silentForMs: number,
  own: readonly string[],
  contextPolicy: ContextPolicy,
): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE silent AS (
      SELECT g.id, g.input_tokens, g.model_id, g.conversation_id, m.parent_id, CASE WHEN EXISTS (
          SELECT 1 FROM jsonb_array_elements(m.parts) part WHERE part->>'text' ~ '[^[:space:]]')
        THEN 'interrupted' ELSE 'failed' END::message_status AS status
      FROM generations g LEFT JOIN messages m ON m.id = g.message_id
      WHERE ${isSilent(silentForMs, own)}
    ), bounded AS (
      -- What the model was sent at most, where the crash came before the first checkpoint: as many
      -- rounds and tokens as the policy let through, and no more than its window.
      SELECT silent.id, silent.parent_id,
        CASE WHEN p.policy->>'kind' IN ('rounds', 'summary')
          THEN (p.policy->>'rounds')::int * 2 + 1 END AS most_messages,
        least(k.context_window, CASE WHEN p.policy->>'kind' = 'tokens'
          THEN (p.policy->>'tokens')::int END) AS most_tokens
      FROM silent
        LEFT JOIN models k ON k.id = silent.model_id
        LEFT JOIN conversations c ON c.id = silent.conversation_id
        LEFT JOIN users u ON u.id = c.user_id
        CROSS JOIN LATERAL (
          SELECT coalesce(c.context_policy, u.context_policy,
            ${JSON.stringify(contextPolicy)}::jsonb) AS policy) p
      WHERE silent.input_tokens IS NULL
    ), branch AS (
      SELECT bounded.id, m.parent_id, 1 AS depth, (m.token_counts->>'o200k')::int AS token_count
      FROM bounded JOIN messages m ON m.id = bounded.parent_id
      UNION ALL
      SELECT branch.id, m.parent_id, branch.depth + 1, (m.token_counts->>'o200k')::int
      FROM branch JOIN bounded ON bounded.id = branch.id
        JOIN messages m ON m.id = branch.parent_id
      WHERE bounded.most_messages IS NULL OR branch.depth < bounded.most_messages
    ), abandoned AS (
      UPDATE generations g SET
        status = silent.status, error_code = 'server_restarted', finish_reason = 'abandoned',
        input_tokens = coalesce(g.input_tokens,
          (SELECT least(sum(branch.token_count), max(bounded.most_tokens))
            FROM branch JOIN bounded ON bounded.id = branch.id WHERE branch.id = g.id), 0),
        output_tokens = coalesce(g.output_tokens, 0),
        usage_source = 'estimated', finished_at = now()
      FROM silent
      -- Asked again: it may have shown life while we waited for its row.
      WHERE g.id = silent.id AND g.status = 'streaming'
        AND g.heartbeat_at <= now() - make_interval(secs => ${silentForMs / 1000}::float8)
      RETURNING g.*
    ), booked AS (
      ${insertLostAttempts(Prisma.sql`abandoned`)}
    ), freed AS (
      UPDATE conversations c SET live_message_ids = ARRAY(
        SELECT live.id FROM unnest(c.live_message_ids) WITH ORDINALITY AS live(id, place)
        WHERE live.id <> ALL(over.ids) ORDER BY live.place)
      FROM (
        SELECT conversation_id, array_agg(message_id) AS ids FROM abandoned
        GROUP BY conversation_id) AS over
      WHERE c.id = over.conversation_id AND c.live_message_ids && over.ids
    ), ended AS (
      UPDATE messages m SET
        status = abandoned.status, error_code = 'server_restarted', updated_at = now()
      FROM abandoned WHERE m.id = abandoned.message_id AND m.status = 'streaming'
    )
    SELECT a.id, a.kind, a.user_id, a.conversation_id, a.message_id, a.provider_id,
      p.name AS provider_name, a.model_id, a.model_name, a.input_tokens, a.output_tokens,
      a.started_at, a.heartbeat_at AS ended_at,
      ${priceAt(Prisma.sql`a.model_id`, Prisma.sql`a.started_at`)} AS price,
      h.id AS hold_id, h.answer_id AS hold_answer_id, h.first,
      -- One that is given up later than the others must not take the place of one of them.
      CASE WHEN h.id IS NULL OR h.id = a.id THEN 1 ELSE (
        SELECT count(*) FROM messages s
        WHERE s.parent_id = m.parent_id AND s.candidate_group = m.candidate_group AND s.id <= m.id
      ) END AS place
    FROM abandoned a
      LEFT JOIN providers p ON p.id = a.provider_id
      LEFT JOIN messages m ON m.id = a.message_id
      -- Its own, or that of the call that was to bring it with others.
      LEFT JOIN LATERAL (
        SELECT h.* FROM holds h
        WHERE h.id = a.id OR (h.answer_id = m.candidate_group AND h.kind = 'answer'
          AND NOT EXISTS (SELECT 1 FROM generations o WHERE o.id = h.id))
        ORDER BY h.id = a.id DESC LIMIT 1) h ON true`;
}
