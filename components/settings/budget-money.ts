import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { Currency } from "@/lib/contracts/usage";

/** What money counts by: the team's zone and rate, and the currencies that models have prices in. */
export type BudgetMoney = {
  timeZone: string;
  cnyPerUsdMicros: number | null;
  pricedIn: readonly Currency[];
};

/** Whether something of a budget's figures may have been converted at the team's rate. */
export function isConverted(unit: BudgetUnit, { cnyPerUsdMicros, pricedIn }: BudgetMoney): boolean {
  return cnyPerUsdMicros !== null && unit !== "tokens" && pricedIn.some((one) => one !== unit);
}
