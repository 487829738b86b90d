/** The value below which a share of the values lies, interpolated; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** One step of a rising load: how many streams, and the p95 of the time to the first token. */
export type LoadStep = { streams: number; p95Ms: number };

/**
 * The most streams whose p95 is below twice that of the first step. One slow step between two
 * quick ones is the machine's doing; two in a row are the end.
 */
export function findKnee(steps: readonly LoadStep[]): { streams: number; isReached: boolean } {
  const limitMs = (steps[0]?.p95Ms ?? Number.NaN) * 2;
  let streams = 0;
  let slowInARow = 0;
  for (const step of steps) {
    slowInARow = step.p95Ms < limitMs ? 0 : slowInARow + 1;
    if (slowInARow === 0) streams = step.streams;
    if (slowInARow === 2) return { streams, isReached: true };
  }
  return { streams, isReached: slowInARow > 0 };
}
