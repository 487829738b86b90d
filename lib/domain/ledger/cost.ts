import type { PriceVersion } from "@/lib/contracts/usage";

/** Tokens of a request; `cachedTokens` are some of the input, `reasoningTokens` of the output. */
export type PricedUsage = {
  inputTokens: number;
  cachedTokens?: number | undefined;
  outputTokens: number;
  reasoningTokens?: number | undefined;
};

export type TokenPrices = Omit<PriceVersion, "id" | "validFrom">;

/**
 * What tokens cost in micro-units of the price's currency, rounded half up, once for the whole
 * request: never in between, so that a receipt adds up.
 */
export function findCostMicros(usage: PricedUsage, price: TokenPrices): number {
  const { inputTokens, cachedTokens = 0, outputTokens, reasoningTokens = 0 } = usage;
  const { inputMicros, outputMicros } = price;
  const cachedMicros = price.cachedInputMicros ?? inputMicros;
  const reasoningMicros = price.reasoningMicros ?? outputMicros;
  const millionths =
    BigInt(inputTokens - cachedTokens) * BigInt(inputMicros) +
    BigInt(cachedTokens) * BigInt(cachedMicros) +
    BigInt(outputTokens - reasoningTokens) * BigInt(outputMicros) +
    BigInt(reasoningTokens) * BigInt(reasoningMicros);
  return Number((millionths + 500_000n) / 1_000_000n);
}
