import "server-only";
import { z } from "zod";
import { budgetRefusalSchema, type BudgetRefusal } from "@/lib/contracts/budgets";
import { Prisma } from "@/generated/prisma/client";
import type { Actor } from "@/lib/domain/actor";
import { nothingHeld, type HeldAmounts } from "@/lib/domain/ledger/held-amount";
import {
  budgetReset,
  budgetSpan,
  budgetSubject,
  groupIdsOf,
  isBudgetOf,
} from "./applicable-budgets";
import { decideBudgets, describeRefusal, type CallToDecide } from "./budget-decision";
import { db } from "./client";

export type BudgetPreview = {
  refusal: BudgetRefusal | null;
  /** How long the answer could get, and by which budget; null where none keeps it short. */
  limitedTo: { tokens: number; budget: string } | null;
  /** How long the answer could get, where it is not refused. */
  grantedTokens: number;
};

/** A call that has used nothing yet. */
export type CallToPreview = Omit<CallToDecide, "spent"> & {
  /** The shortest limit of an answer that is worth asking with. */
  leastTokens: number;
  /** By other calls of the same turn, which are not held yet either. */
  reserved: HeldAmounts;
};

const rowSchema = z.object({
  granted: z.coerce.number(),
  limited_by: z.string().nullable(),
  refusal: budgetRefusalSchema.nullable(),
});

/** What holdBudgets would decide at this moment; nothing is reserved or written. */
export async function previewBudgets(actor: Actor, call: CallToPreview): Promise<BudgetPreview> {
  const who = Prisma.sql`${actor.userId}::text`;
  const keyId = Prisma.sql`${actor.keyId ?? null}::text`;
  const now = Prisma.sql`now()`;
  const least = Math.min(call.leastTokens, call.wantedTokens);
  const toDecide = { ...call, spent: nothingHeld };
  const [row] = await db().$queryRaw<unknown[]>`
    WITH line AS (
      SELECT b.*, turn.own, false AS is_missing, coalesce(bb.used, 0) AS used,
        coalesce(bb.held, 0) + turn.own AS held, ${budgetReset(now)} AS resets_at,
        (b.limit_amount - coalesce(bb.used + bb.held, 0) - turn.own) * 1000000::numeric AS room
      FROM budgets b
        CROSS JOIN LATERAL (SELECT CASE b.period WHEN 'turn' THEN 0
          ELSE (${JSON.stringify(call.reserved)}::jsonb ->> b.unit)::numeric END AS own) turn
        CROSS JOIN (SELECT ${groupIdsOf(actor.userId)} AS group_ids) AS own
        LEFT JOIN budget_balances bb ON bb.budget_id = b.id
          AND bb.subject_id = ${budgetSubject(who, keyId)} AND bb.span = ${budgetSpan(now)}
      WHERE b.is_enabled AND ${isBudgetOf(who, Prisma.sql`own.group_ids`, keyId)}
    ), ${decideBudgets(toDecide)}
    SELECT decided.granted,
      CASE WHEN decided.granted < ${call.wantedTokens} THEN line.name END AS limited_by,
      CASE WHEN decided.granted < ${least} THEN ${describeRefusal(Prisma.sql`decided.granted`)} END
        AS refusal
    FROM decided LEFT JOIN line ON line.id = decided.limit_id`;
  const { granted, limited_by: budget, refusal } = rowSchema.parse(row);
  const isKeptShort = refusal === null && budget !== null;
  return {
    refusal,
    limitedTo: isKeptShort ? { tokens: granted, budget } : null,
    grantedTokens: granted,
  };
}
