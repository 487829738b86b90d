import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { PriceAmounts } from "@/lib/contracts/prices";

type MoneyBudget = {
  name: string;
  unit: BudgetUnit;
  isHard: boolean;
  isEnabled: boolean;
  allowsUnpriced: boolean;
};

/**
 * The names of the budgets that let no call of a model pass, whatever is left in them: those in
 * money that cannot tell what it costs in their currency. See boundTarget for what a call may cost.
 *
 * @param price null: unknown.
 * @param hasRate whether one currency can be expressed in the other.
 */
export function findRefusingBudgets(
  price: PriceAmounts | null,
  budgets: readonly MoneyBudget[],
  hasRate: boolean,
): string[] {
  return budgets
    .filter(
      ({ unit, isHard, isEnabled, allowsUnpriced }) =>
        unit !== "tokens" && isHard && isEnabled && !allowsUnpriced && !isKnownIn(unit),
    )
    .map(({ name }) => name);

  function isKnownIn(currency: "CNY" | "USD"): boolean {
    if (price === null) return false;
    const { inputMicros, cachedInputMicros, outputMicros, reasoningMicros } = price;
    const isFree = [inputMicros, cachedInputMicros, outputMicros, reasoningMicros].every(
      (micros) => micros === null || micros === 0,
    );
    return isFree || hasRate || price.currency === currency;
  }
}
