import type { ModelHealth, ModelState } from "@/lib/contracts/aliases";
import type { ErrorCode } from "@/lib/contracts/errors";

/** What says how a model does. */
export type ModelFigures = {
  isEnabled: boolean;
  breaker: ModelHealth["breaker"];
  /** Its provider has keys, and none of them is in use. */
  hasNoKey: boolean;
  /** Its last calls, as many as are looked at, and how many of them failed. */
  lastCalls: number;
  lastFailures: number;
  /** Median of its last answers, in milliseconds. */
  firstTokenMs: number | null;
};

/** How many calls and answers are looked at. */
export const lastCallsCount = 10;
export const lastAnswersCount = 20;
const slowMs = 8_000;

/** In a word, the gravest first. */
export function judgeModel(figures: ModelFigures): ModelState {
  const { isEnabled, breaker, hasNoKey, lastCalls, lastFailures, firstTokenMs } = figures;
  if (!isEnabled) return "off";
  if (breaker !== "closed") return "resting";
  if (hasNoKey) return "aside";
  if (lastCalls === 0) return "unknown";
  if (lastFailures * 2 > lastCalls) return "failing";
  return firstTokenMs !== null && firstTokenMs > slowMs ? "slow" : "ok";
}

/** Failures that say nothing about a model: they are a person's own matter. */
export const personalFailures: readonly ErrorCode[] = [
  "own_key_refused",
  "own_key_missing",
  "answer_filtered",
  "context_too_long",
];
