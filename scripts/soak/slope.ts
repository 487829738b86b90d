/** A point in time, and what was measured then. */
export type Sample = { atMs: number; value: number };

/** The growth of a value by least squares, per hour; null for fewer than three samples. */
export function slopePerHour(samples: readonly Sample[]): number | null {
  const { length } = samples;
  if (length < 3) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / length;
  const meanAt = mean(samples.map(({ atMs }) => atMs));
  const meanValue = mean(samples.map(({ value }) => value));
  let above = 0;
  let below = 0;
  for (const { atMs, value } of samples) {
    above += (atMs - meanAt) * (value - meanValue);
    below += (atMs - meanAt) ** 2;
  }
  return below === 0 ? null : (above / below) * 3_600_000;
}
