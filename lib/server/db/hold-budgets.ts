import "server-only";
import { z } from "zod";
import { budgetRefusalSchema, type BudgetRefusal } from "@/lib/contracts/budgets";
import type { CallKind } from "@/lib/contracts/usage";
import type { Actor } from "@/lib/domain/actor";
import type { Spent, TargetBounds } from "@/lib/domain/ledger/estimate";
import type { OrphanFacts } from "@/lib/domain/ledger/orphan";
import { Prisma } from "@/generated/prisma/client";
import { newId } from "../ids";
import {
  budgetReset,
  budgetSpan,
  budgetSubject,
  groupIdsOf,
  isBudgetOf,
} from "./applicable-budgets";
import { decideBudgets, describeRefusal } from "./budget-decision";
import { db } from "./client";
import { retryConflict } from "./retry-conflict";

/** What a call is about to use at most. */
export type CallToHold = {
  /** The call's; asked for again, what it holds already grows to what it needs then. */
  callId: string;
  kind: CallKind;
  conversationId: string | null;
  answerId: string | null;
  /** The longest answer, and the shortest limit of it that is worth asking with. */
  wantedTokens: number;
  leastTokens: number;
  /** One for each model that may be asked; at least one. */
  bounds: readonly TargetBounds[];
  /** By requests of this call that are over. */
  spent: Spent;
  rateMicros: number | null;
  first: OrphanFacts;
};

/**
 * `mostTokens`: how long the answer may get; `limitedBy`: the budget that allows no more; `isCounted`:
 * a hard budget covers the call, so that its answer needs a limit.
 */
export type BudgetHold =
  | { isHeld: true; mostTokens: number; limitedBy: string | null; isCounted: boolean }
  | { isHeld: false; refusal: BudgetRefusal };

const rowSchema = z.object({
  state: z.enum(["held", "again", "refused"]),
  granted: z.coerce.number(),
  limited_by: z.string().nullable(),
  hard_count: z.coerce.number(),
  refusal: budgetRefusalSchema.nullable(),
});

// The first call of a period makes the rows that it then locks; another may make more meanwhile.
const tries = 5;

/**
 * Reserves the most that a call can use in every budget that covers it, or nothing: one statement,
 * which locks the balances in a fixed order and decides on what it has locked. Where a hard budget
 * has less room than wanted, a shorter answer is granted, down to `leastTokens`.
 *
 * Amounts are rounded up. A day or month is the one in which the call began, by the database's
 * clock in the budget's time zone.
 */
export async function holdBudgets(actor: Actor, call: CallToHold): Promise<BudgetHold> {
  for (let left = tries; left > 0; left -= 1) {
    const [row] = await retryConflict(() => db().$queryRaw<unknown[]>(holdStatement(actor, call)));
    const { state, granted, limited_by, hard_count, refusal } = rowSchema.parse(row);
    if (state === "held")
      return {
        isHeld: true,
        mostTokens: granted,
        limitedBy: limited_by,
        isCounted: hard_count > 0,
      };
    if (refusal !== null) return { isHeld: false, refusal };
  }
  throw new Error("the balances of budgets do not stay");
}

function holdStatement(actor: Actor, call: CallToHold): Prisma.Sql {
  const { userId } = actor;
  const keyId = Prisma.sql`${actor.keyId ?? null}::text`;
  const who = Prisma.sql`${userId}::text`;
  const { wantedTokens, leastTokens } = call;
  const least = Math.min(leastTokens, wantedTokens);
  return Prisma.sql`
    WITH known AS MATERIALIZED (
      -- Locked first, as whoever settles it does: what it still holds is then known.
      SELECT h.created_at, h.group_ids, h.ended_at IS NULL AS is_open, h.lines
      FROM holds h WHERE h.id = ${call.callId} FOR UPDATE
    ), began AS (
      -- As the column will have it: rounding must not move it into the next day.
      SELECT coalesce(known.created_at, date_trunc('milliseconds', now())) AS at,
        coalesce(known.group_ids, ${groupIdsOf(userId)}) AS group_ids
      FROM (SELECT 1) one LEFT JOIN known ON true
    ), held_line AS (
      -- One that was settled meanwhile, as if nobody were alive, holds nothing any more.
      SELECT l.budget, l.subject, l.span, l.unit,
        CASE WHEN known.is_open THEN l.amount ELSE 0 END AS amount
      FROM known, jsonb_to_recordset(known.lines) AS l(
        budget text, subject text, span text, unit text, amount numeric)
    ), mine AS (
      SELECT b.*, ${budgetSubject(who, keyId)} AS subject, ${budgetSpan(Prisma.sql`began.at`)} AS span,
        ${budgetReset(Prisma.sql`began.at`)} AS resets_at
      FROM budgets b, began
      WHERE b.is_enabled AND ${isBudgetOf(who, Prisma.sql`began.group_ids`, keyId)}
    ), locked AS MATERIALIZED (
      SELECT bb.budget_id, bb.subject_id, bb.span, bb.used, bb.held
      FROM budget_balances bb
        JOIN mine ON mine.id = bb.budget_id AND mine.subject = bb.subject_id AND mine.span = bb.span
      ORDER BY bb.budget_id, bb.subject_id, bb.span
      FOR UPDATE OF bb
    ), made AS (
      INSERT INTO budget_balances (budget_id, subject_id, span)
      SELECT id, subject, span FROM mine
      WHERE period <> 'turn' AND id NOT IN (SELECT budget_id FROM locked)
      ORDER BY id, subject, span
      ON CONFLICT DO NOTHING
    ), line AS (
      SELECT mine.*, coalesce(locked.used, 0) AS used, coalesce(locked.held, 0) AS held,
        coalesce(own.amount, 0) AS own,
        (mine.limit_amount - coalesce(locked.used + locked.held, 0) + coalesce(own.amount, 0))
          * 1000000::numeric AS room,
        mine.period <> 'turn' AND locked.budget_id IS NULL AS is_missing
      FROM mine
        LEFT JOIN locked ON locked.budget_id = mine.id
        LEFT JOIN held_line own ON own.budget = mine.id AND own.subject = mine.subject
          AND own.span = mine.span
    ), ${decideBudgets(call)}, fit AS (
      SELECT *, NOT is_missing AND granted >= ${least} AS is_held FROM decided
    ), amount AS (
      SELECT line.id, line.subject, line.span, line.unit, line.own, greatest(line.own, (
        SELECT ceil(coalesce(max(target.fixed + least(target.most, fit.granted) * target.per_token),
          0) / 1000000) FROM target WHERE target.unit = line.unit)) AS needed
      FROM fit CROSS JOIN line
      WHERE fit.is_held AND line.period <> 'turn'
    ), reserved AS (
      UPDATE budget_balances bb SET held = bb.held + (amount.needed - amount.own)::bigint
      FROM amount
      WHERE bb.budget_id = amount.id AND bb.subject_id = amount.subject AND bb.span = amount.span
    ), noted_line AS (
      SELECT id AS budget, subject, span, unit, needed AS amount FROM amount
      UNION ALL
      -- Of budgets that cover the call no more: what was taken from them is still to be given back.
      SELECT * FROM held_line
      WHERE NOT EXISTS (SELECT 1 FROM amount WHERE amount.id = held_line.budget
        AND amount.subject = held_line.subject AND amount.span = held_line.span)
    ), noted AS (
      INSERT INTO holds (id, user_id, key_id, group_ids, kind, conversation_id, answer_id,
        rate_micros, lines, estimate, first, created_at)
      SELECT ${call.callId}, ${userId}, ${keyId}, began.group_ids, ${call.kind},
        ${call.conversationId}::text, ${call.answerId}::text, ${call.rateMicros}::bigint,
        coalesce((SELECT jsonb_agg(to_jsonb(noted_line)) FROM noted_line), '[]'::jsonb),
        (SELECT jsonb_object_agg(unit, most) FROM (
          SELECT unit, CASE WHEN count(*) = count(fixed) THEN ceil(max(
            fixed + least(most, fit.granted) * per_token) / 1000000) END AS most
          FROM target GROUP BY unit) per_unit),
        ${JSON.stringify(call.first)}::jsonb, began.at
      FROM began CROSS JOIN fit WHERE fit.is_held
      ON CONFLICT (id) DO UPDATE SET lines = EXCLUDED.lines, estimate = EXCLUDED.estimate,
        renewed_at = now(), ended_at = NULL
    ), told AS (
      -- Whoever runs into a limit has reached it, however little is left; not where most of it is
      -- only held for others, or where a single call wanted too much.
      INSERT INTO alerts (id, kind, once_key, facts, user_id)
      SELECT ${newId()}, 'budget', concat_ws(':', 'budget', line.id, line.subject, line.span, 100),
        jsonb_build_object('budgetId', line.id, 'name', line.name, 'scope', line.scope,
          'subjectId', line.subject, 'span', line.span, 'unit', line.unit, 'percent', 100,
          'limit', line.limit_amount, 'used', line.used, 'isHard', true),
        CASE WHEN line.scope IN ('user', 'each_user') THEN line.subject END
      FROM fit JOIN line ON line.id = fit.limit_id
      WHERE NOT fit.is_held AND NOT fit.is_missing AND fit.granted > -2 AND line.period <> 'turn'
        AND line.used * 5 >= line.limit_amount * 4
      ON CONFLICT (once_key) DO NOTHING
    )
    SELECT CASE WHEN fit.is_held THEN 'held' WHEN fit.is_missing THEN 'again' ELSE 'refused' END
        AS state, fit.granted, fit.hard_count,
      CASE WHEN fit.granted < ${wantedTokens} THEN line.name END AS limited_by,
      CASE WHEN NOT fit.is_held AND NOT fit.is_missing THEN ${describeRefusal(Prisma.sql`fit.granted`)}
        END AS refusal
    FROM fit LEFT JOIN line ON line.id = fit.limit_id`;
}
