import type { UsageGrouping, UsageRow, UsageSums } from "@/lib/contracts/usage-reports";

/**
 * Rows as people read them: days and hours in order, all else with the dearest first, then with the
 * most tokens.
 *
 * @param cnyPerUsdMicros the team's rate. Without one a dollar counts as a yuan: the order of two
 * currencies says nothing then, and no amount depends on it.
 */
export function sortRows(
  rows: readonly UsageRow[],
  groupBy: UsageGrouping,
  cnyPerUsdMicros: number | null,
): UsageRow[] {
  const byKey = (one: UsageRow, other: UsageRow) => (one.key < other.key ? -1 : 1);
  if (groupBy === "day" || groupBy === "hour") return rows.toSorted(byKey);
  const rate = (cnyPerUsdMicros ?? 1_000_000) / 1_000_000;
  const weight = ({ costs }: UsageSums) =>
    costs.reduce((sum, { currency, micros }) => sum + micros * (currency === "USD" ? rate : 1), 0);
  const tokens = ({ inputTokens, outputTokens }: UsageSums) => inputTokens + outputTokens;
  return rows.toSorted(
    (one, other) =>
      weight(other.sums) - weight(one.sums) ||
      tokens(other.sums) - tokens(one.sums) ||
      other.sums.attempts - one.sums.attempts ||
      byKey(one, other),
  );
}
