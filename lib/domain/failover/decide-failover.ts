import type { ErrorCode } from "@/lib/contracts/errors";

/**
 * Whether a failure that came before anything of an answer is a reason to ask another model. What
 * the person asked for fails anywhere: a filter that struck is not gone round. What was too long for
 * one is planned anew for the next, within its own window.
 */
export const mayAnswerInstead = (code: ErrorCode): boolean => code !== "answer_filtered";

/** What a failed call says about a key, where there may be others. */
export type KeyTrouble = "refused" | "no_credit" | "limited" | null;

const keyTroubles: Partial<Record<ErrorCode, KeyTrouble>> = {
  provider_key_refused: "refused",
  provider_out_of_credit: "no_credit",
  provider_rate_limited: "limited",
};

export function findKeyTrouble(code: ErrorCode): KeyTrouble {
  return keyTroubles[code] ?? null;
}

const faults: ReadonlySet<ErrorCode> = new Set([
  "provider_failed",
  "provider_timeout",
  "provider_unreachable",
  "provider_certificate_refused",
  "provider_redirected",
  "provider_incompatible",
  "connection_lost",
  "provider_model_missing",
]);
const troublesOfKeys: ReadonlySet<ErrorCode> = new Set([
  "provider_key_refused",
  "provider_out_of_credit",
  "provider_forbidden",
]);

/**
 * What a failure before the first content says about the model: a fault, trouble with the
 * instance's keys, or nothing, as for limits and for requests that no model would take.
 */
export function judgeFailure(
  code: ErrorCode,
  { hasOwnKey, hasOtherKey }: { hasOwnKey: boolean; hasOtherKey: boolean },
): "fault" | "key" | "none" {
  if (hasOtherKey && findKeyTrouble(code) !== null) return "none";
  if (troublesOfKeys.has(code)) return hasOwnKey ? "none" : "key";
  // Which models a key may use is a matter of the key too.
  if (code === "provider_model_missing" && hasOwnKey) return "none";
  return faults.has(code) ? "fault" : "none";
}
