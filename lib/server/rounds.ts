import "server-only";

/** What takes longer than this hangs, and keeps nobody any more. */
const hangsAfterMs = 60_000;

/**
 * Runs `round` every so often, and not while the last one is still going: on a slow database rounds
 * that overtake one another would take every connection from those who wait for an answer. One that
 * hangs is given up, and the next begins.
 *
 * @param round must not throw.
 * @returns a function that ends them.
 */
export function startRounds(everyMs: number, round: () => Promise<void>): () => void {
  let current: { beganAtMs: number } | null = null;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (current !== null && nowMs - current.beganAtMs < hangsAfterMs) return;
    const own = { beganAtMs: nowMs };
    current = own;
    void round().finally(() => {
      if (current === own) current = null;
    });
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
