import type { BudgetRefusal, BudgetStanding, TurnBudget } from "@/lib/contracts/budgets";
import type { ComparedPlan } from "@/lib/contracts/context";
import { usedShare } from "@/lib/domain/ledger/tightest";

/** What is to be said of the budgets before a turn is sent, the worst first. */
export type BudgetWarning =
  /** `models`: of several, those that it refuses; `isWhole`: nobody is left who could answer. */
  | { kind: "refused"; refusal: BudgetRefusal; models: readonly string[]; isWhole: boolean }
  /** About so many tokens, by which budget; `model`: of several, the one that it keeps shortest. */
  | { kind: "limited"; tokens: number; budget: string; model: string | null }
  | { kind: "near"; standing: BudgetStanding };

/** From here on a budget is said to run out. */
const nearShare = 0.8;
/** Most answers are shorter: a higher limit is none that one would notice. */
const shortTokens = 4_000;

/** What is known of one of several models that are asked side by side. */
type Compared = Pick<ComparedPlan, "model" | "budget">;

/** The one thing to say, if any. */
export function findBudgetWarning(
  { refusal, limitedTo, tightest }: TurnBudget,
  sideBySide: readonly Compared[],
): BudgetWarning | null {
  if (refusal !== null) {
    const isRefused = ({ budget }: Compared) => budget.refusal !== null;
    const isAlike = ({ budget: { refusal: own } }: Compared) =>
      own?.budgetId === refusal.budgetId && own.reason === refusal.reason;
    const models = sideBySide.filter(isAlike).map(({ model }) => model.label);
    return { kind: "refused", refusal, models, isWhole: sideBySide.every(isRefused) };
  }
  if (limitedTo !== null && limitedTo.tokens < shortTokens) {
    const { tokens, budget } = limitedTo;
    const shortest = sideBySide.find((one) => one.budget.limitedTo?.tokens === tokens);
    const model = shortest?.model.label ?? null;
    return { kind: "limited", budget, tokens: roundDown(tokens), model };
  }
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
