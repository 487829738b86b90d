import "server-only";
import type { ConversationSummary } from "@/lib/contracts/conversations";
import type { StoredPlan, TokenCounts } from "@/lib/contracts/context";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { AnswerPart, Failover } from "@/lib/contracts/messages";
import type { AnswerOutcome } from "@/lib/domain/answer/outcome";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { SystemActor } from "@/lib/domain/actor";
import { Prisma } from "@/generated/prisma/client";
import { insertAttempts } from "./book-attempts";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";
import { settleStatements, type Settlement } from "./settle-calls";

/** A turn that has ended. Plain data: it may have to wait in a file until it can be stored. */
export type TurnToClose = {
  userId: string;
  conversationId: string;
  answerId: string;
  generationId: string;
  parts: AnswerPart[];
  outcome: AnswerOutcome;
  tokenCounts: TokenCounts;
  /** What was sent and why; null where nothing was planned. */
  plan: StoredPlan | null;
  finishReason: string | null;
  /** Every request that was made for it, in order. */
  attempts: readonly CallAttempt[];
  firstTokenAt: Date | null;
  finishedAt: Date;
  /** The model that answered, or was asked last, when that is not the first of its alias. */
  answeredBy: { modelId: string; modelLabel: string; modelName: string; providerId: string } | null;
  failover: Failover | null;
  /** A new answer, or one that went on. */
  kind: "answer" | "continuation";
  /** The holds that its calls were made under; none while another answer still uses them. */
  holdIds: readonly string[];
  /** On whose receipt its requests are, where several answers share them. */
  receiptId: string;
};

/**
 * Closes turns in one transaction: final parts and status, the receipt and the settled holds, and a
 * conversation in which nothing else is written is free for the next turn. Doing it twice changes
 * nothing.
 *
 * It overrules closeAbandonedGenerations: after a long outage that may come first, but whoever
 * closes the turn holds the whole answer. Unless the answer was gone on with since: then its text
 * belongs to the newer generation, and only the usage is booked.
 *
 * @returns the conversations in which something ended, without those that are deleted.
 */
export async function closeTurns(
  _system: SystemActor,
  turns: readonly TurnToClose[],
): Promise<ConversationSummary[]> {
  const [lock, settle] = settleStatements(toSettlement(turns));
  const ids = [...new Set(turns.map(({ conversationId }) => conversationId))];
  const [, freed] = await retryConflict(() =>
    db().$transaction([
      // By the time it is ours, what others close at this moment is closed: which of several answers
      // one goes on with depends on that.
      db()
        .$queryRaw`SELECT 1 FROM conversations WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`,
      db().$queryRaw<FreedRow[]>(closeStatement(turns)),
      db().$queryRaw(lock),
      db().$executeRaw(settle),
    ]),
  );
  return freed.map(({ id, title, updated_at, is_live }) => ({
    id,
    title,
    updatedAt: new Date(updated_at).toISOString(),
    isAnswering: is_live,
  }));
}

type FreedRow = { id: string; title: string; updated_at: Date; is_live: boolean };

function toSettlement(turns: readonly TurnToClose[]): Settlement {
  return {
    holdIds: turns.flatMap(({ holdIds }) => holdIds),
    booked: turns.flatMap(({ attempts, userId, conversationId, receiptId, kind }) =>
      attempts.map((attempt) => ({
        ...{ attempt, userId, kind, conversationId, answerId: receiptId },
      })),
    ),
  };
}

function closeStatement(turns: readonly TurnToClose[]): Prisma.Sql {
  const rows = JSON.stringify(turns.map(toRow));
  return Prisma.sql`
      WITH turn AS (
        SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS t(
          generation_id text, user_id text, status message_status, error_code text,
          error_details jsonb, finish_reason text, input_tokens int, output_tokens int,
          usage_source text, first_token_at timestamptz, finished_at timestamptz, parts jsonb,
          token_counts jsonb, context_plan jsonb, model_id text, model_label text,
          model_name text, provider_id text, failover jsonb)
      ), closed AS (
        UPDATE generations g SET
          status = turn.status, finish_reason = turn.finish_reason, error_code = turn.error_code,
          input_tokens = turn.input_tokens, output_tokens = turn.output_tokens,
          usage_source = turn.usage_source, first_token_at = turn.first_token_at,
          heartbeat_at = now(), finished_at = turn.finished_at,
          model_id = coalesce(turn.model_id, g.model_id),
          model_name = coalesce(turn.model_name, g.model_name),
          provider_id = coalesce(turn.provider_id, g.provider_id),
          context_plan = coalesce(turn.context_plan, g.context_plan)
        FROM turn
        WHERE g.id = turn.generation_id AND g.user_id = turn.user_id
          AND (g.status = 'streaming' OR g.error_code = 'server_restarted'
               AND g.finish_reason = 'abandoned')
        RETURNING g.id, g.message_id, g.conversation_id, g.started_at
      ), booked AS (
        ${insertAttempts(turns, Prisma.sql`closed`)}
      ), freed AS (
        -- From the row as it is then: another answer of the same turn may end at this moment.
        UPDATE conversations c SET
          live_message_ids = ARRAY(
            SELECT live.id FROM unnest(c.live_message_ids) WITH ORDINALITY AS live(id, place)
            WHERE live.id <> ALL(over.ids) ORDER BY live.place),
          active_leaf_id = coalesce((
            -- The end of answers side by side: one goes on with the first that is whole.
            SELECT s.id
            FROM messages leaf
              JOIN messages s ON s.parent_id = leaf.parent_id
                AND s.candidate_group = leaf.candidate_group AND s.deleted_at IS NULL
              LEFT JOIN closed own ON own.message_id = s.id
              LEFT JOIN turn ON turn.generation_id = own.id
            WHERE leaf.id = c.active_leaf_id AND c.live_message_ids <@ over.ids
            ORDER BY coalesce(turn.status, s.status) IN ('complete', 'streaming') DESC,
              s.id = leaf.id DESC, s.id
            LIMIT 1), c.active_leaf_id),
          updated_at = now()
        FROM (
          SELECT closed.conversation_id, array_agg(closed.message_id) AS ids FROM closed
          WHERE NOT EXISTS (
            SELECT 1 FROM generations n
            WHERE n.message_id = closed.message_id AND n.id <> closed.id
              AND n.status = 'streaming')
          GROUP BY closed.conversation_id) AS over
        WHERE c.id = over.conversation_id AND c.live_message_ids && over.ids
        RETURNING c.id, c.title, c.updated_at, c.deleted_at, c.active_leaf_id,
          c.live_message_ids <> '{}' AS is_live
      ), remembered AS (
        UPDATE messages p SET chosen_child_id = leaf.id
        FROM freed JOIN messages leaf ON leaf.id = freed.active_leaf_id
        WHERE leaf.candidate_group IS NOT NULL AND NOT freed.is_live
          AND p.id = leaf.parent_id AND p.chosen_child_id IS DISTINCT FROM leaf.id
      ), stored AS (
        UPDATE messages m SET
          parts = turn.parts, status = turn.status, error_code = turn.error_code,
          error_details = turn.error_details, token_counts = turn.token_counts, updated_at = now(),
          model_id = coalesce(turn.model_id, m.model_id),
          model_label = coalesce(turn.model_label, m.model_label), failover = turn.failover
        FROM closed JOIN turn ON turn.generation_id = closed.id
        WHERE m.id = closed.message_id
          AND NOT EXISTS (
            SELECT 1 FROM generations n
            WHERE n.message_id = closed.message_id AND n.id <> closed.id
              AND n.started_at > closed.started_at)
      )
      SELECT id, title, updated_at, is_live FROM freed WHERE deleted_at IS NULL`;
}

function toRow(turn: TurnToClose) {
  const { errorCode, errorDetails, status } = turn.outcome;
  const usage = sumUsage(turn.attempts);
  return {
    generation_id: turn.generationId,
    user_id: turn.userId,
    status,
    error_code: errorCode satisfies ErrorCode | null,
    error_details: errorDetails satisfies ErrorDetails | null,
    finish_reason: turn.finishReason,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    usage_source: usage?.source ?? null,
    first_token_at: turn.firstTokenAt,
    finished_at: turn.finishedAt,
    parts: turn.parts,
    token_counts: turn.tokenCounts,
    context_plan: turn.plan,
    model_id: turn.answeredBy?.modelId ?? null,
    model_label: turn.answeredBy?.modelLabel ?? null,
    model_name: turn.answeredBy?.modelName ?? null,
    provider_id: turn.answeredBy?.providerId ?? null,
    failover: turn.failover,
  };
}

/** What all attempts used together; null when none used anything. */
export function sumUsage(attempts: readonly CallAttempt[]) {
  const used = attempts.flatMap(({ usage }) => usage ?? []);
  if (used.length === 0) return null;
  return {
    inputTokens: used.reduce((sum, usage) => sum + usage.inputTokens, 0),
    outputTokens: used.reduce((sum, usage) => sum + usage.outputTokens, 0),
    source: used.every(({ source }) => source === "reported") ? "reported" : "estimated",
  };
}
