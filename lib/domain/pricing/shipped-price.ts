import type { PricePreset } from "@/lib/contracts/prices";
import type { Currency } from "@/lib/contracts/usage";

/** Who sells: a price is one seller's, and says nothing of the same model elsewhere. */
export type Seller = "openai" | "deepseek" | "dashscope" | "moonshot";

/** A price that ships, for models that their seller prices alike. */
export type ShippedPrice = {
  /** Whole names in lower case, dated snapshots each by itself: some cost more than their family. */
  names: readonly string[];
  preset: PricePreset;
};

type Units = { input: number; cached?: number; output: number };

/** What a million tokens cost, in whole units of a currency. */
export function inUnits(
  currency: Currency,
  { input, cached, output }: Units,
): PricePreset["amounts"] {
  return {
    currency,
    inputMicros: toMicros(input),
    cachedInputMicros: cached === undefined ? null : toMicros(cached),
    outputMicros: toMicros(output),
    reasoningMicros: null,
  };
}

function toMicros(units: number): number {
  return Math.round(units * 1_000_000);
}
