import type { Currency } from "@/lib/contracts/usage";

/** What money counts by: the team's zone and rate, and the currencies that models have prices in. */
export type BudgetMoney = {
  timeZone: string;
  cnyPerUsdMicros: number | null;
  pricedIn: readonly Currency[];
};
