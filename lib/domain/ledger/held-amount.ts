import type { BudgetUnit } from "@/lib/contracts/budgets";
import type { Bound, TargetBounds } from "./estimate";

/** Tokens or micro-units, by the unit of a budget; whole numbers as text. */
export type HeldAmounts = Record<BudgetUnit, string>;

export const nothingHeld: HeldAmounts = { tokens: "0", CNY: "0", USD: "0" };

/**
 * Adds what a call reserves in budgets of each unit: for the dearest of its models, with an answer
 * as long as was granted, rounded up. What has no price reserves no money.
 */
export function addHeld(
  before: HeldAmounts,
  bounds: readonly TargetBounds[],
  grantedTokens: number,
): HeldAmounts {
  const add = (unit: BudgetUnit) => {
    const amounts = bounds.map(({ most, [unit]: bound }) =>
      bound === null ? 0n : measure(bound, Math.min(most, grantedTokens)),
    );
    const dearest = amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
    return String(BigInt(before[unit]) + (dearest + 999_999n) / 1_000_000n);
  };
  return { tokens: add("tokens"), CNY: add("CNY"), USD: add("USD") };
}

const measure = ({ fixed, perToken }: Bound, tokens: number): bigint =>
  BigInt(fixed) + BigInt(perToken) * BigInt(tokens);
