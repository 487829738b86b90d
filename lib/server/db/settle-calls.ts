import "server-only";
import type { CallKind } from "@/lib/contracts/usage";
import type { SystemActor } from "@/lib/domain/actor";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { findCostMicros } from "@/lib/domain/ledger/cost";
import { Prisma } from "@/generated/prisma/client";
import { newId } from "../ids";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";
import { sumsOf, sumsToAdd, sumNames, teamDay } from "./usage-sums";

/** A request to a provider, and whose it was. */
export type BookedAttempt = {
  attempt: CallAttempt;
  /** The hold that it was made under, where that is not its call's. */
  holdId?: string;
  userId: string;
  kind: CallKind;
  conversationId: string | null;
  /** The answer that it wrote, or that caused it. */
  answerId: string | null;
  /** Booked for a process that died: what comes later takes its place. */
  isProvisional?: boolean;
};

/** Calls that are over: what they used, and the holds whose rest is released. */
export type Settlement = { holdIds: readonly string[]; booked: readonly BookedAttempt[] };

const columns = Prisma.raw(
  [
    "id, call_id, number, is_last, is_provisional, kind, occurred_at, user_id, group_ids, key_id",
    "conversation_id, answer_id, provider_id, provider_name, model_id, model_name",
    "provider_key_id, paid_by, outcome, error_code, source, input_tokens, cached_tokens",
    "output_tokens, reasoning_tokens, price_id, currency, input_micros, cached_input_micros",
    "output_micros, reasoning_micros, price_valid_from, cost_micros, first_token_ms, duration_ms",
  ].join(", "),
);

/** Books requests and settles holds, by itself. Again is the same as once. */
export async function settleCalls(_system: SystemActor, settlement: Settlement): Promise<void> {
  const [lock, settle] = settleStatements(settlement);
  await retryConflict(() => db().$transaction([db().$queryRaw(lock), db().$executeRaw(settle)]));
}

/**
 * The two statements that settle calls, to be run one after the other in one transaction. The first
 * locks the holds: of those that settle one at the same time, such as its process and another that
 * takes it for dead, the second sees what the first has booked.
 */
export function settleStatements(settlement: Settlement): [lock: Prisma.Sql, settle: Prisma.Sql] {
  const holdIds = holdIdsOf(settlement);
  const lock = Prisma.sql`
    SELECT id FROM holds WHERE id = ANY(${holdIds}::text[]) ORDER BY id FOR UPDATE`;
  return [lock, settleStatement(settlement, holdIds)];
}

const holdIdsOf = ({ holdIds, booked }: Settlement) => [
  ...new Set([...holdIds, ...booked.map(({ holdId, attempt }) => holdId ?? attempt.callId)]),
];

/**
 * The statement that books requests: rows of the ledger, its sums by day and hour, the balances of
 * the budgets that the holds name, and the alerts of those that pass 50, 80 or 100 %. It can be run
 * again, or late: what is booked is not booked twice.
 */
function settleStatement({ holdIds: ended, booked }: Settlement, holdIds: string[]): Prisma.Sql {
  const entries = JSON.stringify(booked.map(toEntry));
  // Of these everything is known now, also that there was nothing to book.
  const knownIds = booked.some(({ isProvisional }) => isProvisional === true) ? [] : ended;
  return Prisma.sql`
    WITH ended AS (
      UPDATE holds SET ended_at = now() WHERE id = ANY(${holdIds}::text[]) AND ended_at IS NULL
      RETURNING id
    ), entry AS (
      SELECT e.*, coalesce(h.created_at, e.started_at) AS occurred_at,
        coalesce(h.group_ids, '{}') AS group_ids, h.key_id, h.rate_micros,
        -- A call counts once, where it ended; what is provisional is taken back, and counts no more.
        e.number = max(e.number) OVER (PARTITION BY e.call_id) AND NOT EXISTS (
          SELECT FROM ledger l
          WHERE l.call_id = e.call_id AND l.revision <> 1 AND coalesce(l.is_last, l.number = 1)
            AND (e.is_provisional OR NOT l.is_provisional)) AS is_last
      FROM jsonb_to_recordset(${entries}::jsonb) AS e(
        id text, hold_id text, call_id text, number int, is_provisional boolean, kind text,
        started_at timestamptz, user_id text, conversation_id text, answer_id text,
        provider_id text, provider_name text, model_id text, model_name text, provider_key_id text,
        paid_by text, outcome text, error_code text, source text, input_tokens int,
        cached_tokens int, output_tokens int, reasoning_tokens int, price_id text, currency text,
        input_micros bigint, cached_input_micros bigint, output_micros bigint,
        reasoning_micros bigint, price_valid_from timestamptz, cost_micros bigint,
        first_token_ms int, duration_ms int)
        LEFT JOIN holds h ON h.id = e.hold_id
    ), earlier AS (
      SELECT l.* FROM ledger l
      WHERE l.revision = 0
        AND (l.call_id IN (SELECT call_id FROM entry) OR l.call_id = ANY(${knownIds}::text[]))
    ), written AS (
      INSERT INTO ledger (${columns}, revision)
      SELECT e.id, e.call_id, e.number, e.is_last, e.is_provisional, e.kind, e.occurred_at,
        e.user_id, e.group_ids, e.key_id, e.conversation_id, e.answer_id, e.provider_id, e.provider_name,
        e.model_id, e.model_name, e.provider_key_id, e.paid_by, e.outcome, e.error_code, e.source,
        e.input_tokens, e.cached_tokens, e.output_tokens, e.reasoning_tokens, e.price_id,
        e.currency, e.input_micros, e.cached_input_micros, e.output_micros, e.reasoning_micros,
        e.price_valid_from, e.cost_micros, e.first_token_ms, e.duration_ms,
        CASE WHEN p.id IS NULL THEN 0 ELSE 2 END
      FROM entry e LEFT JOIN earlier p ON p.call_id = e.call_id AND p.number = e.number
      WHERE p.id IS NULL OR (p.is_provisional AND NOT e.is_provisional)
      UNION ALL
      -- What was booked for lost and now is known: taken back, and booked as it was.
      SELECT p.id || ':back', p.call_id, p.number, p.is_last, p.is_provisional, p.kind,
        p.occurred_at, p.user_id, p.group_ids, p.key_id, p.conversation_id, p.answer_id, p.provider_id,
        p.provider_name, p.model_id, p.model_name, p.provider_key_id, p.paid_by, p.outcome,
        p.error_code, p.source, -p.input_tokens, -p.cached_tokens, -p.output_tokens,
        -p.reasoning_tokens, p.price_id, p.currency, p.input_micros, p.cached_input_micros,
        p.output_micros, p.reasoning_micros, p.price_valid_from, -p.cost_micros, p.first_token_ms,
        p.duration_ms, 1
      FROM earlier p
      WHERE p.is_provisional AND (p.call_id = ANY(${knownIds}::text[])
        OR p.call_id IN (SELECT call_id FROM entry WHERE NOT is_provisional))
      ON CONFLICT (call_id, number, revision) DO NOTHING
      RETURNING *
    ), line AS (
      SELECT h.id AS hold_id, h.rate_micros, l.*
      FROM holds h, jsonb_to_recordset(h.lines) AS l(
        budget text, subject text, span text, unit text, amount numeric)
      WHERE h.id = ANY(${holdIds}::text[])
    ), charge AS (
      SELECT line.budget, line.subject, line.span,
        sum(CASE WHEN ended.id IS NULL THEN 0 ELSE line.amount END)::bigint AS freed,
        sum(coalesce(used.amount, 0))::bigint AS used
      FROM line LEFT JOIN ended ON ended.id = line.hold_id
        LEFT JOIN LATERAL (
          SELECT sum(CASE
              WHEN w.paid_by <> 'team' THEN 0
              WHEN line.unit = 'tokens' THEN w.input_tokens + w.output_tokens
              WHEN w.currency = line.unit THEN w.cost_micros
              -- Rounded up, and what is taken back as it was charged.
              ELSE sign(w.cost_micros) * ceil(CASE line.unit
                WHEN 'CNY' THEN abs(w.cost_micros) * line.rate_micros::numeric / 1000000
                ELSE abs(w.cost_micros) * 1000000::numeric / nullif(line.rate_micros, 0) END)
              END) AS amount
          FROM written w
          WHERE w.call_id = line.hold_id
            OR w.call_id IN (SELECT call_id FROM entry WHERE hold_id = line.hold_id)
        ) used ON true
      GROUP BY line.budget, line.subject, line.span
    ), locked AS MATERIALIZED (
      SELECT bb.budget_id, bb.subject_id, bb.span, charge.freed, charge.used
      FROM budget_balances bb JOIN charge ON charge.budget = bb.budget_id
        AND charge.subject = bb.subject_id AND charge.span = bb.span
      ORDER BY bb.budget_id, bb.subject_id, bb.span
      FOR UPDATE OF bb
    ), charged AS (
      UPDATE budget_balances bb
      SET used = bb.used + locked.used, held = greatest(0, bb.held - locked.freed)
      FROM locked
      WHERE bb.budget_id = locked.budget_id AND bb.subject_id = locked.subject_id
        AND bb.span = locked.span
      RETURNING bb.budget_id, bb.subject_id, bb.span, bb.used, bb.used - locked.used AS before
    ), told AS (
      INSERT INTO alerts (id, kind, once_key, facts, user_id)
      SELECT gen_random_uuid()::text, 'budget',
        concat_ws(':', 'budget', b.id, charged.subject_id, charged.span, mark.percent),
        jsonb_build_object('budgetId', b.id, 'name', b.name, 'scope', b.scope,
          'subjectId', charged.subject_id, 'span', charged.span, 'unit', b.unit,
          'percent', mark.percent, 'limit', b.limit_amount, 'used', charged.used,
          'isHard', b.is_hard),
        CASE WHEN b.scope IN ('user', 'each_user') THEN charged.subject_id END
      FROM charged JOIN budgets b ON b.id = charged.budget_id AND b.limit_amount > 0
        CROSS JOIN (VALUES (50), (80), (100)) AS mark(percent)
      WHERE charged.before * 100 < mark.percent * b.limit_amount
        AND charged.used * 100 >= mark.percent * b.limit_amount
      ON CONFLICT (once_key) DO NOTHING
    ), settled AS (
      -- Balances first: all statements lock in one order.
      SELECT count(*) FROM charged
    ), by_day AS (
      INSERT INTO usage_days (day, user_id, group_ids, key_id, provider_id, model_id, kind, paid_by,
        currency, error_code, ${sumNames})
      SELECT ${teamDay(Prisma.sql`w.occurred_at`)}, w.user_id, array_to_string(w.group_ids, ','),
        coalesce(w.key_id, ''), w.provider_id, w.model_id, w.kind, w.paid_by,
        coalesce(w.currency, ''), coalesce(w.error_code, ''), ${sumsOf("w")}
      FROM written w, settled
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
      ON CONFLICT (day, user_id, group_ids, key_id, provider_id, model_id, kind, paid_by, currency,
        error_code) DO UPDATE SET ${sumsToAdd("usage_days")}
      RETURNING 1
    ), by_hour AS (
      INSERT INTO usage_hours (hour, provider_id, model_id, kind, paid_by, currency, error_code,
        ${sumNames})
      SELECT date_trunc('hour', w.occurred_at, 'UTC'), w.provider_id, w.model_id, w.kind, w.paid_by,
        coalesce(w.currency, ''), coalesce(w.error_code, ''), ${sumsOf("w")}
      FROM written w, (SELECT count(*) FROM by_day) AS after_days
      GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (hour, provider_id, model_id, kind, paid_by, currency, error_code)
        DO UPDATE SET ${sumsToAdd("usage_hours")}
      RETURNING 1
    ), named AS (
      INSERT INTO usage_names (kind, id, name)
      SELECT DISTINCT ON (kind, id) kind, id, name FROM (
        SELECT 'model' AS kind, model_id AS id, model_name AS name FROM written
        UNION ALL SELECT 'provider', provider_id, provider_name FROM written) AS known
      WHERE id <> '' AND name <> ''
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM written) AS written, (SELECT count(*) FROM by_hour) AS hours`;
}

function toEntry({ attempt, ...of }: BookedAttempt) {
  const { usage, price, startedAt, firstTokenAt, finishedAt } = attempt;
  return {
    id: newId(),
    hold_id: of.holdId ?? attempt.callId,
    call_id: attempt.callId,
    number: attempt.callNumber,
    is_provisional: of.isProvisional ?? false,
    kind: of.kind,
    started_at: startedAt,
    user_id: of.userId,
    conversation_id: of.conversationId,
    answer_id: of.answerId,
    provider_id: attempt.providerId,
    provider_name: attempt.providerName,
    model_id: attempt.modelId,
    model_name: attempt.modelName,
    provider_key_id: attempt.keyId,
    paid_by: attempt.payer,
    outcome: attempt.outcome,
    error_code: attempt.errorCode,
    source: usage?.source ?? null,
    input_tokens: usage?.inputTokens ?? 0,
    cached_tokens: usage?.cachedTokens ?? 0,
    output_tokens: usage?.outputTokens ?? 0,
    reasoning_tokens: usage?.reasoningTokens ?? 0,
    price_id: price?.id ?? null,
    currency: price?.currency ?? null,
    input_micros: price?.inputMicros ?? null,
    cached_input_micros: price?.cachedInputMicros ?? null,
    output_micros: price?.outputMicros ?? null,
    reasoning_micros: price?.reasoningMicros ?? null,
    price_valid_from: price?.validFrom ?? null,
    cost_micros: usage === null ? 0 : price === null ? null : findCostMicros(usage, price),
    first_token_ms: firstTokenAt === null ? null : toMs(startedAt, firstTokenAt),
    duration_ms: toMs(startedAt, finishedAt),
  };
}

/** Times of a turn that waited in a file are text. */
const toMs = (from: Date, to: Date) =>
  Math.max(0, new Date(to).getTime() - new Date(from).getTime());
