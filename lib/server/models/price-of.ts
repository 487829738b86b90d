import "server-only";
import type { PriceVersion } from "@/lib/contracts/usage";
import type { ResolvedModel } from "../db/aliases";

/** It runs in this process. */
const demoPrice: PriceVersion = {
  id: "demo",
  currency: "CNY",
  inputMicros: 0,
  cachedInputMicros: null,
  outputMicros: 0,
  reasoningMicros: null,
  validFrom: "2026-01-01T00:00:00Z",
};

/** What a model costs; the demo nothing. Null when it is unknown. */
export function priceOf({ price, provider }: ResolvedModel): PriceVersion | null {
  return provider.kind === "demo" ? demoPrice : price;
}
