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

/** The budgets that cover what the actor does now, and how they stand; oldest first. */
export async function findOwnBudgets(actor: Actor): Promise<BudgetStanding[]> {
  const who = Prisma.sql`${actor.userId}::text`;
  const keyId = Prisma.sql`${actor.keyId ?? null}::text`;
  const now = Prisma.sql`now()`;
  const rows = await db().$queryRaw<{ standing: unknown }[]>`
    SELECT jsonb_build_object('budgetId', b.id, 'name', b.name, 'scope', b.scope, 'unit', b.unit,
      'period', b.period, 'isHard', b.is_hard, 'limit', b.limit_amount,
      'used', coalesce(bb.used, 0), 'held', coalesce(bb.held, 0),
      'resetsAt', ${budgetReset(now)}) AS standing
    FROM budgets b
      CROSS JOIN (SELECT ${groupIdsOf(actor.userId)} AS group_ids) AS own
      LEFT JOIN budget_balances bb ON bb.budget_id = b.id
        AND bb.subject_id = ${budgetSubject(who, keyId)} AND bb.span = ${budgetSpan(now)}
    WHERE b.is_enabled AND ${isBudgetOf(who, Prisma.sql`own.group_ids`, keyId)}
    ORDER BY b.created_at, b.id`;
  return z.array(budgetStandingSchema).parse(rows.map(({ standing }) => standing));
}
