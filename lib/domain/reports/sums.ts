import { currencies, type Amount, type Currency } from "@/lib/contracts/usage";
import type { UsageSums } from "@/lib/contracts/usage-reports";

/** What sums are made of besides costs; see usage_days in prisma/schema.prisma. */
type SumField =
  | "calls"
  | "attempts"
  | "failed"
  | "estimated"
  | "unpriced"
  | "inputTokens"
  | "cachedTokens"
  | "outputTokens"
  | "reasoningTokens"
  | "timed"
  | "firstTokenMs"
  | "writingMs"
  | "writtenTokens";

/** Costs in micro-units; null where nothing was paid in that currency. */
export type Costs = Record<Currency, bigint | null>;

/** Exact sums over some requests. */
export type ExactSums = Record<SumField, bigint> & Costs;

/**
 * Adds up sums. The averages are over all requests that were timed; costs are one for each currency
 * in which something was paid, CNY first.
 */
export function addSums(parts: readonly ExactSums[]): UsageSums {
  const total = (field: SumField) => parts.reduce((sum, part) => sum + part[field], 0n);
  const count = (field: SumField) => Number(total(field));
  const [timed, writingMs] = [count("timed"), count("writingMs")];
  return {
    calls: count("calls"),
    attempts: count("attempts"),
    failed: count("failed"),
    estimated: count("estimated"),
    unpriced: count("unpriced"),
    inputTokens: count("inputTokens"),
    cachedTokens: count("cachedTokens"),
    outputTokens: count("outputTokens"),
    reasoningTokens: count("reasoningTokens"),
    costs: addCosts(parts),
    firstTokenMs: timed > 0 ? count("firstTokenMs") / timed : null,
    tokensPerSecond: writingMs > 0 ? (count("writtenTokens") * 1000) / writingMs : null,
  };
}

/** One amount for each currency in which something was paid, CNY first. */
export function addCosts(parts: readonly Costs[]): Amount[] {
  return currencies.flatMap((currency) => {
    const paid = parts.map((part) => part[currency]).filter((micros) => micros !== null);
    if (paid.length === 0) return [];
    return [{ currency, micros: Number(paid.reduce((sum, micros) => sum + micros, 0n)) }];
  });
}
