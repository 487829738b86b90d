const firstMs = 500;
const longestMs = 15_000;

/**
 * How long to wait before try number `attempt` (from 1): doubling, with jitter, so that a
 * thousand browsers do not come back in the same instant.
 *
 * @param random between 0 and 1.
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return ceiling / 2 + (ceiling / 2) * random;
}

/** Waits; ends early when `wake` is aborted. */
export function waitOrWake(durationMs: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      wake.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, durationMs);
    wake.addEventListener("abort", finish);
    if (wake.aborted) finish();
  });
}
