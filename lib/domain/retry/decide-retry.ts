import type { ClassifiedError } from "../errors/provider-failure";

/** What a call has been through, its last failure included. */
export type RetryState = {
  /** How many requests were made, 1 or more. */
  attempts: number;
  failure: Pick<ClassifiedError, "code" | "isRetryable" | "waitMs" | "details">;
  /** Waits before this one, without their jitter. */
  waitedMs: number;
  /** How many requests the provider may see for one call, as its admin has set it. */
  mostAttempts?: number | undefined;
  /** Another model could answer instead: a long wait is not worth it then. */
  hasAlternative?: boolean;
};

export const retryPolicy = {
  attempts: 3,
  /** A silent server is asked once more only: each try may take minutes. */
  attemptsAfterSilence: 2,
  shortestMs: 500,
  longestMs: 8_000,
  /** All waits of a call together, and the longest that a provider may ask for. */
  budgetMs: 30_000,
  /** A longer wait is not waited for where another model could answer. */
  longestBesideOthersMs: 4_000,
  /** On top of a wait that the provider named, so that its clients do not come back as one. */
  jitterMs: 250,
} as const;

/**
 * Whether a call that failed is tried again, and after how long (milliseconds). Nothing of an
 * answer may have come yet; the classification says so by `isRetryable`.
 *
 * @param random from 0 up to 1
 * @returns null when it is not tried again
 */
export function decideRetry(
  { attempts, failure, waitedMs, mostAttempts, hasAlternative = false }: RetryState,
  random: number,
): RetryWait | null {
  const { code, isRetryable, details } = failure;
  const isSilence = code === "provider_timeout" && details["status"] === undefined;
  const most = isSilence ? retryPolicy.attemptsAfterSilence : retryPolicy.attempts;
  if (!isRetryable || attempts >= Math.min(most, mostAttempts ?? most)) return null;
  const wait = decideWait(attempts, failure.waitMs, waitedMs, random);
  if (wait === null || !hasAlternative) return wait;
  return wait.countedMs > retryPolicy.longestBesideOthersMs ? null : wait;
}

type RetryWait = { waitMs: number; countedMs: number };

function decideWait(
  attempts: number,
  askedMs: number | null,
  waitedMs: number,
  random: number,
): RetryWait | null {
  const leftMs = retryPolicy.budgetMs - waitedMs;
  if (askedMs !== null) {
    if (askedMs > leftMs) return null;
    return {
      waitMs: askedMs + Math.round(random * retryPolicy.jitterMs),
      countedMs: askedMs,
    };
  }
  const ceilingMs = Math.min(retryPolicy.longestMs, leftMs, 2_000 * 2 ** attempts);
  if (ceilingMs < retryPolicy.shortestMs) return null;
  const waitMs = Math.round(retryPolicy.shortestMs + random * (ceilingMs - retryPolicy.shortestMs));
  return { waitMs, countedMs: waitMs };
}
