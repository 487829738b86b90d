import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { budgetSpan } from "./applicable-budgets";

/**
 * Takes a budget into use, in the midst of its period: what the ledger has of the period counts as
 * used, calls under way count as held, and from then on whatever begins or ends sees the budget.
 *
 * For that nobody may begin or end a call meanwhile: calls wait for a moment. The locks are taken in
 * the order in which a settlement takes them, and the first keeps out even those who lock a row and
 * change it later.
 *
 * @param tx a transaction that may have changed the budget's own row, but has locked nothing of the
 *   ledger, the holds and the balances yet.
 */
export async function activateBudget(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await pauseHolds(tx);
  await tx.$executeRaw`LOCK TABLE ledger IN SHARE MODE`;
  const [span] = await tx.$queryRaw<{ span: string; period: string }[]>`
    UPDATE budgets b SET is_enabled = true WHERE b.id = ${id}
    RETURNING ${budgetSpan(Prisma.sql`clock_timestamp()`)} AS span, b.period`;
  // A limit of single calls counts nothing.
  if (span === undefined || span.period === "turn") return;
  await tx.$executeRaw(addLines(id, span.span));
  await tx.$executeRaw`DELETE FROM budget_balances WHERE budget_id = ${id} AND span = ${span.span}`;
  await tx.$executeRaw(countPeriod(id, span.span));
}

/**
 * Lets nobody begin or end a call until the transaction is over; those who had begun are waited
 * for. A budget that goes must not be the one that somebody just makes a balance for.
 */
export async function pauseHolds(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`LOCK TABLE holds IN EXCLUSIVE MODE`;
}

/** The subjects of a budget `b` for what a user did, in groups, with a key: one, or none. */
const subjectOf = (row: Prisma.Sql) => Prisma.sql`
  CASE b.scope WHEN 'instance' THEN 'instance' WHEN 'each_user' THEN ${row}.user_id
    WHEN 'each_key' THEN ${row}.key_id
    WHEN 'group' THEN CASE WHEN b.subject_id = ANY(${row}.group_ids) THEN b.subject_id END
    WHEN 'user' THEN CASE WHEN b.subject_id = ${row}.user_id THEN b.subject_id END
    WHEN 'key' THEN CASE WHEN b.subject_id = ${row}.key_id THEN b.subject_id END END`;

/**
 * Notes the budget on the period's holds that do not name it: on those of calls under way with the
 * most that they can use, on ended ones with nothing, so that what is settled late finds it.
 */
const addLines = (id: string, span: string) => Prisma.sql`
  UPDATE holds SET lines = holds.lines || jsonb_build_object(
    'budget', b.id, 'subject', ${subjectOf(Prisma.sql`holds`)}, 'span', ${span}::text,
    'unit', b.unit, 'amount', CASE WHEN holds.ended_at IS NULL
      THEN coalesce((holds.estimate ->> b.unit)::numeric, 0) ELSE 0 END)
  FROM budgets b
  WHERE b.id = ${id} AND ${budgetSpan(Prisma.sql`holds.created_at`)} = ${span}
    AND ${subjectOf(Prisma.sql`holds`)} IS NOT NULL
    AND NOT holds.lines @> jsonb_build_array(jsonb_build_object(
      'budget', b.id, 'subject', ${subjectOf(Prisma.sql`holds`)}, 'span', ${span}::text))`;

/**
 * The balances of a period, from the ledger and the holds. Money is converted at the rate of the
 * call's moment where that is still known, else at today's.
 */
const countPeriod = (id: string, span: string) => Prisma.sql`
  WITH rate AS (
    SELECT (SELECT (value #>> '{}')::numeric FROM settings WHERE key = 'cnyPerUsdMicros') AS today
  ), booked AS (
    SELECT ${subjectOf(Prisma.sql`l`)} AS subject, sum(CASE
        WHEN b.unit = 'tokens' THEN l.input_tokens + l.output_tokens
        WHEN l.currency = b.unit THEN l.cost_micros
        ELSE sign(l.cost_micros) * ceil(CASE b.unit
          WHEN 'CNY' THEN abs(l.cost_micros) * coalesce(h.rate_micros, rate.today) / 1000000
          ELSE abs(l.cost_micros) * 1000000::numeric
            / nullif(coalesce(h.rate_micros, rate.today), 0) END)
      END) AS amount
    FROM budgets b CROSS JOIN rate CROSS JOIN ledger l
      LEFT JOIN holds h ON h.id = l.call_id
    WHERE b.id = ${id} AND l.paid_by = 'team'
      -- A day or month of any time zone is within these, which the index finds.
      AND (b.period = 'once' OR l.occurred_at > now() - interval '33 days')
      AND ${budgetSpan(Prisma.sql`l.occurred_at`)} = ${span}
    GROUP BY 1
  ), under_way AS (
    SELECT line.subject, sum(line.amount) AS amount
    FROM holds h, jsonb_to_recordset(h.lines) AS line(
      budget text, subject text, span text, amount numeric)
    WHERE h.ended_at IS NULL AND line.budget = ${id} AND line.span = ${span}
    GROUP BY 1
  )
  INSERT INTO budget_balances (budget_id, subject_id, span, used, held)
  SELECT ${id}, subject, ${span}, coalesce(booked.amount, 0)::bigint,
    coalesce(under_way.amount, 0)::bigint
  FROM booked FULL JOIN under_way USING (subject)
  WHERE subject IS NOT NULL`;

/**
 * Tells of balances that have passed 50, 80 or 100 % without a call: since their budget is new, or
 * its limit lower than before. Only the highest of these, and once.
 */
export async function tellReached(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO alerts (id, kind, once_key, facts, user_id)
    SELECT gen_random_uuid()::text, 'budget',
      concat_ws(':', 'budget', b.id, bb.subject_id, bb.span, mark.percent),
      jsonb_build_object('budgetId', b.id, 'name', b.name, 'scope', b.scope,
        'subjectId', bb.subject_id, 'span', bb.span, 'unit', b.unit, 'percent', mark.percent,
        'limit', b.limit_amount, 'used', bb.used, 'isHard', b.is_hard),
      CASE WHEN b.scope IN ('user', 'each_user') THEN bb.subject_id END
    FROM budgets b
      JOIN budget_balances bb ON bb.budget_id = b.id AND bb.span = ${budgetSpan(Prisma.sql`now()`)}
      CROSS JOIN LATERAL (
        SELECT max(percent) AS percent FROM (VALUES (50), (80), (100)) AS known(percent)
        WHERE bb.used * 100::numeric >= percent * b.limit_amount::numeric) AS mark
    WHERE b.id = ${id} AND b.is_enabled AND mark.percent IS NOT NULL
    ON CONFLICT (once_key) DO NOTHING`;
}
