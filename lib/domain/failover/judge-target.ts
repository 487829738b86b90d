import type { Verdict } from "@/lib/contracts/cards";
import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";

/** What of a model says whether it can do what is asked, beyond answering. */
export type TargetFacts = {
  vision: Verdict;
  /** Keys that can be used, and whether some of the instance's are set aside. */
  keyCount: number;
  hasKeysAside: boolean;
  allowsMemberKeys: boolean;
};

/** Why a model is not asked at all. */
export type Hindrance = { code: ErrorCode; details: ErrorDetails };

/**
 * Says why a model is not asked, or null. How long a conversation is hinders none: what each is sent
 * is planned for its own window.
 */
export function judgeTarget(
  { vision, keyCount, hasKeysAside, allowsMemberKeys }: TargetFacts,
  { hasImages }: { hasImages: boolean },
): Hindrance | null {
  if (hasImages && vision === "no")
    return { code: "model_incapable", details: { needs: "vision" } };
  if (keyCount > 0) return null;
  if (hasKeysAside) return { code: "provider_key_refused", details: {} };
  return allowsMemberKeys ? { code: "own_key_missing", details: {} } : null;
}
