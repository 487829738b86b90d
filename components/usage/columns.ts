import type { Currency } from "@/lib/contracts/usage";
import type { UsageGrouping, UsageRow, UsageSums } from "@/lib/contracts/usage-reports";
import { microsOf } from "./money";

/** A column of figures; `cost` where nothing has a known price. */
export type ColumnName =
  | "cost"
  | `cost:${Currency}`
  | "calls"
  | "attempts"
  | "failed"
  | "input"
  | "cached"
  | "output"
  | "firstToken"
  | "speed";

export type Sorting = { column: ColumnName | "name"; isDescending: boolean };

/**
 * The columns of a table; those of speed and errors are for admins. A call is counted where it was
 * answered: requests say what went to a model before it was handed on.
 */
export function findColumns(
  groupBy: UsageGrouping,
  totals: UsageSums,
  isDetailed: boolean,
): ColumnName[] {
  const costs =
    totals.costs.length === 0
      ? (["cost"] as const)
      : totals.costs.map(({ currency }) => `cost:${currency}` as const);
  if (groupBy === "error") return ["attempts", "calls", "input", "output", ...costs];
  const columns: ColumnName[] = [...costs, "calls", "input", "cached", "output"];
  if (isDetailed) return [...columns, "attempts", "failed", "firstToken", "speed"];
  const isHandedOn = groupBy === "model" && totals.attempts > totals.calls;
  return isHandedOn ? [...columns, "attempts"] : columns;
}

/** The figure of a column; null where it is unknown. Costs are micro-units. */
export function readFigure(sums: UsageSums, column: ColumnName): number | null {
  switch (column) {
    case "cost":
      return null;
    case "cost:CNY":
    case "cost:USD":
      return isCostUnknown(sums) ? null : microsOf(sums.costs, readCurrency(column));
    case "calls":
      return sums.calls;
    case "attempts":
      return sums.attempts;
    case "failed":
      return sums.failed;
    case "input":
      return sums.inputTokens;
    case "cached":
      return sums.cachedTokens;
    case "output":
      return sums.outputTokens;
    case "firstToken":
      return sums.firstTokenMs;
    case "speed":
      return sums.tokensPerSecond;
  }
}

/** Whether nothing at all is known of what some requests cost. */
export function isCostUnknown({ costs, unpriced }: UsageSums): boolean {
  return costs.length === 0 && unpriced > 0;
}

export function readCurrency(column: `cost:${Currency}`): Currency {
  return column === "cost:CNY" ? "CNY" : "USD";
}

/** Rows in the order that somebody asked for; unknown figures last, equals as they came. */
export function sortRows(
  rows: readonly UsageRow[],
  { column, isDescending }: Sorting,
  compareNames: (one: UsageRow, other: UsageRow) => number,
): UsageRow[] {
  const turn = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    if (column === "name") return turn * compareNames(one, other);
    const left = readFigure(one.sums, column);
    const right = readFigure(other.sums, column);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return turn * (left - right);
  });
}
