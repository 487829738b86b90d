import type { ContextPlanView } from "@/lib/contracts/context";
import type { TokenPrices } from "../ledger/cost";

/** What a turn asks for, in tokens of each request. */
export type TurnToPrice = {
  inputTokens: number;
  /** What the prompt may count at most, should our own count be low. */
  mostInputTokens: number;
  /** The longest that one answer may get. */
  mostOutputTokens: number;
  /** How many answers each request asks for. */
  answers: number;
  /** How many requests there are; each of them sends the whole prompt. */
  requests: number;
};

/**
 * What the input of a turn would cost, and the turn with the longest answers that may come, each
 * token at the dearest that it may turn out to be. In micro-units of the currency, rounded half up
 * once for each request; null where the price is unknown.
 */
export function priceTurn(price: TokenPrices | null, turn: TurnToPrice): ContextPlanView["cost"] {
  if (price === null) return null;
  const { currency, inputMicros, outputMicros, cachedInputMicros, reasoningMicros } = price;
  const { inputTokens, mostInputTokens, mostOutputTokens, answers, requests } = turn;
  const dearestInput = Math.max(inputMicros, cachedInputMicros ?? 0);
  const dearestOutput = Math.max(outputMicros, reasoningMicros ?? 0);
  const most = mostInputTokens * dearestInput + answers * mostOutputTokens * dearestOutput;
  return {
    currency,
    inputMicros: requests * Math.round((inputTokens * inputMicros) / 1_000_000),
    mostMicros: requests * Math.round(most / 1_000_000),
  };
}
