import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "./client";
import { rebuildUsageDays } from "./rebuild-usage-days";
import { sumNames, sumsOf } from "./usage-sums";

/** How much a team has used: of 100 people, 12 models of 3 providers and 5 groups, for a year. */
export type UsageSize = { rows: number; until: Date };

const days = 365;

/**
 * Fills the books with the traffic of a team of a hundred for a year: people keep to a few models
 * and to working days, a tenth has no group and a tenth two, some use keys, some requests fail and
 * some prices are unknown. The same numbers each time.
 */
export async function fillUsage({ rows, until }: UsageSize): Promise<void> {
  const system = { system: "test" };
  await db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
      await tx.$executeRaw(ledgerStatement(rows, until));
      await tx.$executeRaw(hoursStatement);
    },
    { timeout: 10 * 60_000 },
  );
  await rebuildUsageDays(system, "Asia/Shanghai");
  for (const table of ["ledger", "usage_days", "usage_hours"])
    await db().$executeRawUnsafe(`ANALYZE ${table}`);
}

// Dice are digits of a hash: the same on every machine.
const die = (name: string, sides: number) =>
  Prisma.raw(`(hashint8extended(n, hashtext('${name}')) & 2147483647) % ${sides}`);

function ledgerStatement(rows: number, until: Date): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO ledger (id, call_id, number, kind, occurred_at, user_id, group_ids, key_id,
      conversation_id, provider_id, provider_name, model_id, model_name, paid_by, outcome,
      error_code, source, input_tokens, cached_tokens, output_tokens, reasoning_tokens,
      currency, cost_micros, first_token_ms, duration_ms)
    SELECT 'entry-' || n, 'call-' || (CASE WHEN is_retry THEN n - 1 ELSE n END),
      CASE WHEN is_retry THEN 2 ELSE 1 END, kind, at, 'user-' || who,
      CASE WHEN who % 10 = 0 THEN ARRAY[]::text[]
        WHEN who % 10 = 1 THEN ARRAY['group-' || who % 5, 'group-' || (who % 5 + 1)]
        ELSE ARRAY['group-' || who % 5] END,
      CASE WHEN who % 20 = 3 THEN 'key-' || who END,
      'conversation-' || who || '-' || at::date || '-' || n % 3,
      'provider-' || model % 3, 'Provider ' || model % 3, 'model-' || model, 'Model ' || model,
      'team', CASE WHEN error IS NULL THEN 'answered' ELSE 'failed' END, error,
      CASE WHEN error IS NOT NULL THEN NULL WHEN n % 50 = 0 THEN 'estimated' ELSE 'reported' END,
      input, input / 3, output, output / 4, currency,
      CASE WHEN currency IS NOT NULL THEN input * 2 + output * 8 END,
      CASE WHEN error IS NULL THEN 200 + n % 900 END, 1000 + output * 15
    FROM (
      SELECT n, who, model, kind, error, is_retry,
        CASE WHEN error IS NULL THEN 200 + ${die("input", 6000)} ELSE 0 END AS input,
        CASE WHEN error IS NULL THEN 20 + ${die("output", 1200)} ELSE 0 END AS output,
        CASE WHEN model = 11 THEN NULL WHEN model % 3 = 0 THEN 'USD' ELSE 'CNY' END AS currency,
        date_trunc('second', ${until}::timestamptz) - make_interval(
          days => day + CASE WHEN day % 7 < 2 AND n % 10 <> 0 THEN 2 ELSE 0 END,
          secs => ${die("second", 10)} * 3600 + n % 3600) AS at
      FROM (
        SELECT n, who, (who + ${die("model", 10)} * ${die("other", 3)} / 5) % 12 AS model,
          (${die("day", days)})::int AS day, n % 40 = 1 AS is_retry,
          CASE WHEN n % 8 = 0 THEN 'summary' WHEN n % 19 = 0 THEN 'continuation' ELSE 'answer' END
            AS kind,
          CASE WHEN n % 40 = 0 THEN 'provider_rate_limited' WHEN n % 90 = 7 THEN 'provider_timeout'
            WHEN n % 300 = 9 THEN 'provider_out_of_credit' END AS error
        FROM (SELECT n, least(${die("who", 100)}, ${die("heavy", 100)}) AS who
          FROM generate_series(1, ${rows}::bigint) AS n) AS people
      ) AS asked
    ) AS used
    ORDER BY at`;
}

const hoursStatement = Prisma.sql`
  INSERT INTO usage_hours (hour, provider_id, model_id, kind, paid_by, currency, error_code,
    ${sumNames})
  SELECT date_trunc('hour', u.occurred_at, 'UTC'), u.provider_id, u.model_id, u.kind, u.paid_by,
    coalesce(u.currency, ''), coalesce(u.error_code, ''), ${sumsOf("u")}
  FROM ledger u GROUP BY 1, 2, 3, 4, 5, 6, 7`;
