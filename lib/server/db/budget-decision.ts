import "server-only";
import type { Spent, TargetBounds } from "@/lib/domain/ledger/estimate";
import { Prisma } from "@/generated/prisma/client";

/** What is to be decided of a call: how long its answer may get. */
export type CallToDecide = {
  /** The longest answer. */
  wantedTokens: number;
  /** One for each model that may be asked; at least one. */
  bounds: readonly TargetBounds[];
  /** By requests of this call that are over. */
  spent: Spent;
};

/**
 * Common table expressions after one named `line`: a row for each budget that covers the call, with
 * `id`, `unit`, `is_hard`, `allows_unpriced`, `is_missing` and its `room` in millionths of a unit.
 * `decided` is what they all let pass: `granted` tokens, and which of them is the tightest.
 */
export const decideBudgets = (call: CallToDecide) => Prisma.sql`target AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(toTargetRows(call))}::jsonb) AS t(
        unit text, most numeric, fixed numeric, per_token numeric)
    ), allowed AS (
      -- How long the answer may get, by each budget: -2 where its price is unknown, -1 where not
      -- even the prompt fits.
      SELECT line.id, min(CASE
          -- What costs nothing is in nobody's way, not even where more is used than the limit.
          WHEN target.fixed = 0 AND target.per_token = 0 THEN ${call.wantedTokens}
          WHEN target.fixed IS NULL
            THEN CASE WHEN line.allows_unpriced THEN ${call.wantedTokens} ELSE -2 END
          WHEN target.fixed + least(target.most, ${call.wantedTokens}::numeric) * target.per_token
            <= line.room THEN ${call.wantedTokens}
          WHEN target.fixed > line.room THEN -1
          ELSE floor((line.room - target.fixed) / target.per_token) END)::bigint AS most
      FROM line JOIN target ON target.unit = line.unit
      GROUP BY line.id
    ), decided AS (
      SELECT coalesce(min(allowed.most) FILTER (WHERE line.is_hard), ${call.wantedTokens}) AS granted,
        coalesce(bool_or(line.is_missing), false) AS is_missing, count(*) FILTER (WHERE line.is_hard) AS hard_count,
        (array_agg(line.id ORDER BY allowed.most, line.id) FILTER (
          WHERE line.is_hard AND allowed.most < ${call.wantedTokens}))[1] AS limit_id
      FROM line JOIN allowed ON allowed.id = line.id
    )`;

/** A budgetRefusal, of a `line` with what it has `used`, `held` and of that is the call's `own`. */
export const describeRefusal = (granted: Prisma.Sql) => Prisma.sql`jsonb_build_object(
  'budgetId', line.id, 'name', line.name, 'scope', line.scope, 'unit', line.unit,
  'period', line.period, 'reason', CASE ${granted} WHEN -2 THEN 'unpriced' ELSE 'spent' END,
  'limit', line.limit_amount, 'used', line.used, 'held', line.held - line.own,
  'resetsAt', line.resets_at)`;

/** One row for each target and unit, with what the call has spent before. */
function toTargetRows({ bounds, spent }: CallToDecide) {
  return bounds.flatMap(({ most, ...units }) =>
    (["tokens", "CNY", "USD"] as const).map((unit) => {
      const bound = units[unit];
      const before = spent[unit];
      const isKnown = bound !== null && before !== null;
      return {
        unit,
        most,
        fixed: isKnown ? String(BigInt(bound.fixed) + BigInt(before)) : null,
        per_token: isKnown ? bound.perToken : null,
      };
    }),
  );
}
