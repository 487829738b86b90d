import type { ContextPlanView } from "@/lib/contracts/context";
import type { TokenPrices } from "../ledger/cost";

/**
 * What the input of a turn would cost, and the turn with the longest answer that there is room for,
 * in micro-units of the currency, rounded half up; null where the price is unknown.
 */
export function priceTurn(
  price: Pick<TokenPrices, "currency" | "inputMicros" | "outputMicros"> | null,
  inputTokens: number,
  replyTokens: number,
): ContextPlanView["cost"] {
  if (price === null) return null;
  const { currency, inputMicros, outputMicros } = price;
  const input = inputTokens * inputMicros;
  return {
    currency,
    inputMicros: Math.round(input / 1_000_000),
    mostMicros: Math.round((input + replyTokens * outputMicros) / 1_000_000),
  };
}
