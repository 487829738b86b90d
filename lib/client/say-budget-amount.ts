import type { Currency } from "@/lib/contracts/usage";
import { sayAmount } from "./say-amount";

/** What an amount is of its budget. What is held is used, as far as anybody knows. */
export type BudgetPart = "limit" | "used" | "left";

/**
 * Money of a budget, from micro-units, so that it never looks like more than there is: what is left
 * is rounded down, what is used or held up, and a limit is said as it was set.
 */
export function sayBudgetAmount(
  { currency, micros }: { currency: Currency; micros: number },
  locale: string,
  part: BudgetPart,
): string {
  if (part === "limit") return sayAmount({ currency, micros }, locale, "exact");
  return sayAmount({ currency, micros }, locale, "brief", part === "used" ? "up" : "down");
}
