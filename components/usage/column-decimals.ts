import type { Currency } from "@/lib/contracts/usage";
import type { UsageReport } from "@/lib/contracts/usage-reports";
import { findDecimals, microsOf } from "./money";

/** How many decimals the amounts of each currency have in a table, so that they stand in line. */
export type ColumnDecimals = Record<Currency, number>;

/** By the largest amount of each column. */
export function findColumnDecimals({ rows, totals }: UsageReport): ColumnDecimals {
  const decimals = (currency: Currency) =>
    findDecimals(
      Math.max(
        microsOf(totals.costs, currency),
        ...rows.map(({ sums }) => microsOf(sums.costs, currency)),
      ),
    );
  return { CNY: decimals("CNY"), USD: decimals("USD") };
}
