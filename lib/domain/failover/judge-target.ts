import type { Verdict } from "@/lib/contracts/cards";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";

/** What a call asks of a model, beyond answering. */
export type CallNeeds = { hasImages: boolean; inputTokens: number };

/** What of a model says whether it can do that. */
export type TargetFacts = {
  /** Tokens; null when unknown. */
  contextWindow: number | null;
  vision: Verdict;
  /** Keys that can be used, and whether some of the instance's are set aside. */
  keyCount: number;
  hasKeysAside: boolean;
  allowsMemberKeys: boolean;
};

/** Why a model is not asked at all. */
export type Hindrance = { code: ErrorCode; details: ErrorDetails };

// Our count of tokens may be off by so much for a tokenizer that we do not know.
const countTolerance = 1.25;

/**
 * Says for each model of a call why it is not asked, or null. Where our own count of the prompt
 * lies only a little above a window, the model is left out for one with room, but not refused: the
 * provider counts better.
 */
export function judgeTargets(
  targets: readonly TargetFacts[],
  needs: CallNeeds,
): (Hindrance | null)[] {
  const certain = targets.map((target) => findHindrance(target, needs, countTolerance));
  const close = targets.map((target) => findHindrance(target, needs, 1));
  return close.includes(null) ? close : certain;
}

function findHindrance(
  target: TargetFacts,
  { hasImages, inputTokens }: CallNeeds,
  tolerance: number,
): Hindrance | null {
  const { contextWindow: limit, vision, keyCount, hasKeysAside, allowsMemberKeys } = target;
  if (hasImages && vision === "no")
    return { code: "model_incapable", details: { needs: "vision" } };
  if (limit !== null && inputTokens > limit * tolerance)
    return { code: "context_too_long", details: { tokens: inputTokens, limit } };
  if (keyCount > 0) return null;
  if (hasKeysAside) return { code: "provider_key_refused", details: {} };
  return allowsMemberKeys ? { code: "own_key_missing", details: {} } : null;
}
