import type { Amount } from "@/lib/contracts/usage";
import { findCostMicros, type TokenPrices } from "../ledger/cost";
import type { ExactSums } from "./sums";

/** What the tokens of each day would have cost at a price: rounded half up once a day. */
export function compareCost(
  days: readonly (readonly ExactSums[])[],
  price: TokenPrices & { currency: Amount["currency"] },
): Amount {
  const micros = days.reduce((sum, parts) => {
    const total = (field: "inputTokens" | "cachedTokens" | "outputTokens" | "reasoningTokens") =>
      Number(parts.reduce((tokens, part) => tokens + part[field], 0n));
    const usage = {
      inputTokens: total("inputTokens"),
      cachedTokens: total("cachedTokens"),
      outputTokens: total("outputTokens"),
      reasoningTokens: total("reasoningTokens"),
    };
    return sum + BigInt(findCostMicros(usage, price));
  }, 0n);
  return { currency: price.currency, micros: Number(micros) };
}
