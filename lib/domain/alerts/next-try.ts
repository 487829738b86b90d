/** How often a delivery is tried in all. */
export const mostTries = 5;

const firstWaitMs = 5_000;
const factor = 6.6;
const jitter = 0.25;
const longestMs = 60 * 60_000;

/**
 * How long to wait after a try that failed: 5 s, 33 s, 4 min and 24 min, a quarter more or less, so
 * that five tries take about half an hour. Never less than the receiver asked for, up to an hour.
 *
 * @param tries that were made, the failed one among them.
 * @param random from 0 to 1.
 * @returns null after the last.
 */
export function findWaitMs(
  tries: number,
  random: number,
  retryAfterMs: number | null,
): number | null {
  if (tries >= mostTries) return null;
  const plainMs = firstWaitMs * factor ** (tries - 1);
  const waitMs = plainMs * (1 - jitter + 2 * jitter * random);
  return Math.round(Math.max(waitMs, Math.min(retryAfterMs ?? 0, longestMs)));
}
