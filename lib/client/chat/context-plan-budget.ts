import type { BudgetRefusal, BudgetStanding, TurnBudget } from "@/lib/contracts/budgets";
import { usedShare } from "@/lib/domain/ledger/tightest";

/** What is to be said of the budgets before a turn is sent, the worst first. */
export type BudgetWarning =
  | { kind: "refused"; refusal: BudgetRefusal }
  /** About so many tokens, by which budget. */
  | { kind: "limited"; tokens: number; budget: string }
  | { kind: "near"; standing: BudgetStanding };

/** From here on a budget is said to run out. */
const nearShare = 0.8;
/** Most answers are shorter: a higher limit is none that one would notice. */
const shortTokens = 4_000;

/** The one thing to say, if any. */
export function findBudgetWarning(budget: TurnBudget): BudgetWarning | null {
  const { refusal, limitedTo, tightest } = budget;
  if (refusal !== null) return { kind: "refused", refusal };
  if (limitedTo !== null && limitedTo.tokens < shortTokens)
    return { kind: "limited", budget: limitedTo.budget, tokens: roundDown(limitedTo.tokens) };
  if (tightest !== null && usedShare({ ...tightest, held: 0 }) >= nearShare)
    return { kind: "near", standing: tightest };
  return null;
}

/** What it is remembered by once it was dismissed; null for one that stays. */
export function budgetWarningKey(warning: BudgetWarning): string | null {
  if (warning.kind === "refused") return null;
  if (warning.kind === "limited") return `budget-limited:${warning.budget}`;
  const { budgetId, resetsAt, used, limit } = warning.standing;
  return `budget-near:${budgetId}:${resetsAt ?? ""}:${used >= limit ? "over" : "near"}`;
}

/** To two figures: what is typed next moves it anyway. */
function roundDown(tokens: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.floor(tokens / step) * step;
}
