import type { BudgetStanding } from "@/lib/contracts/budgets";

/** What of a limit is used or held, from 0; above 1 where more is used than the limit. */
export function usedShare({ used, held, limit }: BudgetStanding): number {
  return limit <= 0 ? 1 : (used + held) / limit;
}

/** The budget of which the most is used; those of single calls run never out. Null without any. */
export function findTightest(standings: readonly BudgetStanding[]): BudgetStanding | null {
  const [tightest] = standings
    .filter(({ period }) => period !== "turn")
    .toSorted((one, other) => usedShare(other) - usedShare(one));
  return tightest ?? null;
}
