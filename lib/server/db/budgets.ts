import "server-only";
import { z } from "zod";
import {
  budgetSchema,
  type Budget,
  type BudgetCreate,
  type BudgetPatch,
} from "@/lib/contracts/budgets";
import { limits } from "@/lib/contracts/limits";
import { Prisma } from "@/generated/prisma/client";
import type { Actor } from "@/lib/domain/actor";
import { dropUndefined } from "@/lib/domain/drop-undefined";
import { AppError } from "@/lib/domain/errors/app-error";
import { newId } from "../ids";
import { activateBudget, pauseHolds, tellReached } from "./activate-budget";
import { budgetReset, budgetSpan } from "./applicable-budgets";
import { db } from "./client";
import { requireAdmin } from "./require-admin";
import { retryConflict } from "./retry-conflict";
import { getInstanceSettings } from "./settings";

const now = Prisma.sql`now()`;
const shownShares = 5;

/** All budgets, oldest first, with what is used and held of each in its present period. */
export async function findBudgets(actor: Actor): Promise<Budget[]> {
  requireAdmin(actor);
  const rows = await db().$queryRaw<{ budget: unknown }[]>`
    SELECT jsonb_build_object(
        'id', b.id, 'name', b.name, 'scope', b.scope, 'subjectId', b.subject_id,
        'subjectName', CASE b.scope WHEN 'group' THEN (SELECT name FROM groups WHERE id = b.subject_id)
          WHEN 'user' THEN (SELECT name FROM users WHERE id = b.subject_id) END,
        'unit', b.unit, 'period', b.period, 'limit', b.limit_amount, 'isHard', b.is_hard,
        'allowsUnpriced', b.allows_unpriced, 'timeZone', b.time_zone, 'isEnabled', b.is_enabled,
        'resetsAt', ${budgetReset(now)},
        'shares', coalesce(share.list, '[]'), 'shareCount', coalesce(share.count, 0)) AS budget
    FROM budgets b
      LEFT JOIN LATERAL (
        SELECT max(count) AS count, jsonb_agg(jsonb_build_object(
          'subjectId', subject_id, 'name', name, 'used', used, 'held', held) ORDER BY place) AS list
        FROM (
          SELECT bb.subject_id, bb.used, bb.held,
            coalesce(g.name, u.name) AS name, count(*) OVER () AS count,
            row_number() OVER (ORDER BY bb.used + bb.held DESC, bb.subject_id) AS place
          FROM budget_balances bb
            LEFT JOIN users u ON u.id = bb.subject_id
            LEFT JOIN groups g ON g.id = bb.subject_id
          WHERE bb.budget_id = b.id AND bb.span = ${budgetSpan(now)} AND bb.used + bb.held > 0
        ) AS ranked WHERE place <= ${shownShares}
      ) AS share ON true
    ORDER BY b.created_at, b.id`;
  return z.array(budgetSchema).parse(rows.map(({ budget }) => budget));
}

/**
 * Makes a budget in the team's time zone. What was used in its period so far counts, and so does
 * what is under way.
 *
 * @throws AppError `not_found` when the group or user is not there, `invalid_input` for a key (there
 *   are none yet) or when there are too many budgets.
 */
export async function createBudget(actor: Actor, given: BudgetCreate): Promise<{ id: string }> {
  requireAdmin(actor);
  const { timeZone } = await getInstanceSettings();
  const { limit: limitAmount, ...fields } = given;
  const id = newId();
  const data = { ...fields, id, timeZone, limitAmount: BigInt(limitAmount) };
  await retryConflict(() =>
    db().$transaction(async (tx) => {
      if ((await tx.budget.count()) >= limits.budgets)
        throw new AppError("invalid_input", {
          details: { field: "name", reason: "too many budgets" },
        });
      await requireSubject(tx, given);
      await tx.budget.create({ data: { ...data, isEnabled: false } });
      await activateBudget(tx, id);
      await tellReached(tx, id);
    }, longEnough),
  );
  return { id };
}

/**
 * Changes what may change of a budget. A new limit, name or hardness leaves what is used as it is;
 * one that is taken into use again counts anew what its period has seen.
 *
 * @throws AppError `not_found`.
 */
export async function updateBudget(actor: Actor, id: string, patch: BudgetPatch): Promise<void> {
  requireAdmin(actor);
  const { limit, isEnabled, ...rest } = patch;
  const data = {
    ...dropUndefined(rest),
    ...(limit === undefined ? {} : { limitAmount: BigInt(limit) }),
    ...(isEnabled === false ? { isEnabled } : {}),
  };
  await retryConflict(() =>
    db().$transaction(async (tx) => {
      const before = await tx.budget.findUnique({ where: { id }, select: { isEnabled: true } });
      if (before === null) throw new AppError("not_found");
      await tx.budget.update({ where: { id }, data });
      if (isEnabled === true && !before.isEnabled) await activateBudget(tx, id);
      await tellReached(tx, id);
    }, longEnough),
  );
}

/** Removes a budget and what was counted for it; the ledger stays. @throws AppError `not_found`. */
export async function deleteBudget(actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const { count } = await retryConflict(() =>
    db().$transaction(async (tx) => {
      await pauseHolds(tx);
      return tx.budget.deleteMany({ where: { id } });
    }, longEnough),
  );
  if (count === 0) throw new AppError("not_found");
}

// Counting a long period takes a while where the ledger is long.
const longEnough = { maxWait: 15_000, timeout: 30_000 };

async function requireSubject(tx: Prisma.TransactionClient, given: BudgetCreate): Promise<void> {
  if (!("subjectId" in given)) return;
  const { scope, subjectId: id } = given;
  if (scope === "key")
    throw new AppError("invalid_input", { details: { field: "scope", reason: "no keys yet" } });
  const found =
    scope === "group"
      ? await tx.group.findUnique({ where: { id }, select: { id: true } })
      : await tx.user.findUnique({ where: { id }, select: { id: true } });
  if (found === null) throw new AppError("not_found");
}
