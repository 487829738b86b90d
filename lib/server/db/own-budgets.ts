import "server-only";
import { z } from "zod";
import { budgetStandingSchema, type BudgetStanding } from "@/lib/contracts/budgets";
import { Prisma } from "@/generated/prisma/client";
import type { Actor } from "@/lib/domain/actor";
import {
  budgetReset,
  budgetSpan,
  budgetSubject,
  groupIdsOf,
  isBudgetOf,
} from "./applicable-budgets";
import { db } from "./client";
import { unknownPrice } from "./price-at";

/** The budgets that cover what the actor does now, and how they stand; oldest first. */
export async function findOwnBudgets(actor: Actor): Promise<BudgetStanding[]> {
  const who = Prisma.sql`${actor.userId}::text`;
  const keyId = Prisma.sql`${actor.keyId ?? null}::text`;
  const now = Prisma.sql`now()`;
  const rows = await db().$queryRaw<{ standing: unknown }[]>`
    SELECT jsonb_build_object('budgetId', b.id, 'name', b.name, 'scope', b.scope, 'unit', b.unit,
      'period', b.period, 'isHard', b.is_hard, 'limit', b.limit_amount,
      'used', coalesce(bb.used, 0), 'held', coalesce(bb.held, 0), 'isAbout', ${isAbout},
      'resetsAt', ${budgetReset(now)}) AS standing
    FROM budgets b
      CROSS JOIN (SELECT ${groupIdsOf(actor.userId)} AS group_ids) AS own
      LEFT JOIN budget_balances bb ON bb.budget_id = b.id
        AND bb.subject_id = ${budgetSubject(who, keyId)} AND bb.span = ${budgetSpan(now)}
    WHERE b.is_enabled AND ${isBudgetOf(who, Prisma.sql`own.group_ids`, keyId)}
    ORDER BY b.created_at, b.id`;
  return z.array(budgetStandingSchema).parse(rows.map(({ standing }) => standing));
}

// Not what was in fact converted: this is asked while people type, and that would be read from a month.
const isAbout = Prisma.sql`(b.unit <> 'tokens'
  AND EXISTS (SELECT 1 FROM settings s
    WHERE s.key = 'cnyPerUsdMicros' AND s.value #>> '{}' IS NOT NULL)
  AND EXISTS (SELECT 1 FROM prices p
    WHERE p.currency <> b.unit AND p.currency <> ${unknownPrice} AND p.valid_from <= now()))`;
