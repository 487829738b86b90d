import * as z from "zod";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { lineText } from "./text";
import { currencies } from "./usage";

/** Whom a budget covers; those with `each_` count for every user, or key, by itself. */
export const budgetScopes = ["instance", "group", "user", "each_user", "key", "each_key"] as const;

export const budgetUnits = ["tokens", ...currencies] as const;
export type BudgetUnit = (typeof budgetUnits)[number];

/** `turn` is a limit of each single call; the others run full. */
export const budgetPeriods = ["turn", "day", "month", "once"] as const;

/** Why a budget lets a call not pass. `unpriced`: the price of the model is unknown. */
export const budgetRefusalReasons = ["spent", "unpriced"] as const;

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
  /** Some of it may have been converted at the team's rate. */
  isAbout: z.boolean(),
  resetsAt: z.iso.datetime({ offset: true }).nullable(),
});
export type BudgetStanding = z.infer<typeof budgetStandingSchema>;

/** What GET /api/usage/budgets answers with: the budgets that cover what the actor does. */
export const ownBudgetsSchema = z.object({ budgets: z.array(budgetStandingSchema) });
export type OwnBudgets = z.infer<typeof ownBudgetsSchema>;

/** What stands in the way of a turn, or is about to; part of what POST /api/chat/:id/plan answers. */
export const turnBudgetSchema = z.object({
  /** The budget that would refuse it. */
  refusal: budgetRefusalSchema.nullable(),
  /** How long its answer may get, and by which budget; null where none keeps it short. */
  limitedTo: z.object({ tokens: z.number().int(), budget: z.string() }).nullable(),
  /** Of the budgets that cover it, the one of which the most is used; null where none does. */
  tightest: budgetStandingSchema.nullable(),
});
export type TurnBudget = z.infer<typeof turnBudgetSchema>;

/** The largest limit: a billion units of money, or 10^15 tokens. */
export const mostBudget = 1_000_000_000_000_000;

const budgetFields = z.strictObject({
  name: lineText(limits.nameCharacters),
  unit: z.enum(budgetUnits),
  period: z.enum(budgetPeriods),
  /** Tokens, or micro-units of the currency. */
  limit: z.number().int().min(1).max(mostBudget),
  /** Refuses what does not fit; a soft one only warns. */
  isHard: z.boolean().default(true),
  /** A money budget lets calls through whose price is unknown. */
  allowsUnpriced: z.boolean().default(false),
});

/** The body of POST /api/admin/budgets. Days and months begin in the team's time zone of then. */
export const budgetCreateSchema = z.discriminatedUnion("scope", [
  budgetFields.extend({ scope: z.enum(["instance", "each_user", "each_key"]) }),
  /** The id of the group, user or key. */
  budgetFields.extend({ scope: z.enum(["group", "user", "key"]), subjectId: idSchema }),
]);
export type BudgetCreate = z.infer<typeof budgetCreateSchema>;

/** The body of PATCH /api/admin/budgets/:id. What it covers and how it counts never changes. */
export const budgetPatchSchema = z
  .strictObject({
    name: lineText(limits.nameCharacters),
    limit: z.number().int().min(1).max(mostBudget),
    isHard: z.boolean(),
    allowsUnpriced: z.boolean(),
    isEnabled: z.boolean(),
  })
  .partial();
export type BudgetPatch = z.infer<typeof budgetPatchSchema>;

/** What of a budget one of those whom it covers has used in its present period. */
export const budgetShareSchema = z.object({
  subjectId: z.string(),
  /** Null for the instance, and for somebody who is gone. */
  name: z.string().nullable(),
  used: z.number().int(),
  held: z.number().int(),
});

/** A budget as an admin sees it. */
export const budgetSchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(budgetScopes),
  subjectId: z.string().nullable(),
  /** What the group, user or key is called; null where there is none, or it is gone. */
  subjectName: z.string().nullable(),
  unit: z.enum(budgetUnits),
  period: z.enum(budgetPeriods),
  limit: z.number().int(),
  isHard: z.boolean(),
  allowsUnpriced: z.boolean(),
  timeZone: z.string(),
  isEnabled: z.boolean(),
  resetsAt: z.iso.datetime({ offset: true }).nullable(),
  /** Those who have used the most of it, at most five; one of them unless each counts alone. */
  shares: z.array(budgetShareSchema),
  /** How many have used anything of it. */
  shareCount: z.number().int(),
});
export type Budget = z.infer<typeof budgetSchema>;

/** What GET /api/admin/budgets answers with. */
export const budgetsSchema = z.object({ budgets: z.array(budgetSchema) });
