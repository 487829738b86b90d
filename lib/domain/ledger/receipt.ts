import type { ReceiptRequest, UsageTotals } from "@/lib/contracts/receipts";
import { currencies, type Amount } from "@/lib/contracts/usage";
import { findCostMicros, type PricedUsage, type TokenPrices } from "./cost";

/** A request as far as it counts: see receiptRequestSchema. */
export type CountedRequest = Pick<
  ReceiptRequest,
  "source" | "inputTokens" | "outputTokens" | "cost"
>;

/**
 * What requests come to: each currency by itself, and what has no price beside them. What used
 * nothing counts for nothing.
 */
export function addUp(requests: readonly CountedRequest[]): UsageTotals {
  const used = requests.filter(({ source }) => source !== null);
  const amounts = used.flatMap(({ cost }) => (cost === null ? [] : [cost]));
  return {
    inputTokens: sum(used.map(({ inputTokens }) => inputTokens)),
    outputTokens: sum(used.map(({ outputTokens }) => outputTokens)),
    costs: currencies.flatMap((currency) => {
      const own = amounts.filter((amount) => amount.currency === currency);
      return own.length === 0 ? [] : [{ currency, micros: sum(own.map(({ micros }) => micros)) }];
    }),
    unpriced: used.length - amounts.length,
    isEstimated: used.some(({ source }) => source === "estimated"),
  };
}

/** What a request that used something counts for, at a price; null: it is unknown. */
export function countRequest(
  usage: PricedUsage & { source: "reported" | "estimated" },
  price: TokenPrices | null,
): CountedRequest {
  const { source, inputTokens, outputTokens } = usage;
  return { source, inputTokens, outputTokens, cost: costOf(usage, price) };
}

/** What a request costs; null where its price is unknown. */
export function costOf(usage: PricedUsage, price: TokenPrices | null): Amount | null {
  if (price === null) return null;
  return { currency: price.currency, micros: findCostMicros(usage, price) };
}

/** The one amount that requests come to; null when part of it is unknown, or of another currency. */
export function findOneCost({ costs, unpriced }: UsageTotals): Amount | null {
  return unpriced === 0 && costs.length === 1 ? (costs[0] ?? null) : null;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
