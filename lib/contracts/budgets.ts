import * as z from "zod";
import { currencies } from "./usage";

/** Whom a budget covers; those with `each_` count for every user, or key, by itself. */
export const budgetScopes = ["instance", "group", "user", "each_user", "key", "each_key"] as const;
export type BudgetScope = (typeof budgetScopes)[number];

export const budgetUnits = ["tokens", ...currencies] as const;
export type BudgetUnit = (typeof budgetUnits)[number];

/** `turn` is a limit of each single call; the others run full. */
export const budgetPeriods = ["turn", "day", "month", "once"] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** Why a budget lets a call not pass. `unpriced`: the price of the model is unknown. */
export const budgetRefusalReasons = ["spent", "unpriced"] as const;
export type BudgetRefusalReason = (typeof budgetRefusalReasons)[number];

/** A budget that a call does not fit into; amounts are tokens or micro-units. */
export const budgetRefusalSchema = z.object({
  budgetId: z.string(),
  name: z.string(),
  scope: z.enum(budgetScopes),
  unit: z.enum(budgetUnits),
  period: z.enum(budgetPeriods),
  reason: z.enum(budgetRefusalReasons),
  limit: z.number().int(),
  used: z.number().int(),
  held: z.number().int(),
  /** When its period is over; null for one that has no end. */
  resetsAt: z.iso.datetime({ offset: true }).nullable(),
});
export type BudgetRefusal = z.infer<typeof budgetRefusalSchema>;

/** How a budget stands for somebody; amounts are tokens or micro-units. */
export const budgetStandingSchema = z.object({
  budgetId: z.string(),
  name: z.string(),
  scope: z.enum(budgetScopes),
  unit: z.enum(budgetUnits),
  period: z.enum(budgetPeriods),
  isHard: z.boolean(),
  limit: z.number().int(),
  used: z.number().int(),
  held: z.number().int(),
  resetsAt: z.iso.datetime({ offset: true }).nullable(),
});
export type BudgetStanding = z.infer<typeof budgetStandingSchema>;

/** What GET /api/usage/budgets answers with: the budgets that cover what the actor does. */
export const ownBudgetsSchema = z.object({ budgets: z.array(budgetStandingSchema) });
export type OwnBudgets = z.infer<typeof ownBudgetsSchema>;
