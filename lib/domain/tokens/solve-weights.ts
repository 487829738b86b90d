import { featureCount } from "./features";

/** What a weight may be: its middle, how far it spreads below and above, and its limits. */
export type Expected = {
  weight: number;
  below: number;
  above: number;
  least: number;
  most: number;
};

const sweeps = 400;
const enough = 1e-5;

/** Sums over reports: of products of two features, each pair once, and of a feature with the tokens. */
export type Sums = { seen: readonly number[]; tokens: readonly number[] };

const pairs = Array.from({ length: featureCount }, (_, row) =>
  Array.from({ length: row + 1 }, (_, column): readonly [number, number] => [row, column]),
).flat();

/** The pairs of features, in the order in which their products are summed up. */
export const listPairs = (): readonly (readonly [number, number])[] => pairs;

function placeOf(one: number, other: number): number {
  const [row, column] = one < other ? [other, one] : [one, other];
  return (row * (row + 1)) / 2 + column;
}

/**
 * Weights that agree with the reports as well as with what is expected: least squares, kept within
 * limits, by going through the weights one after the other until none moves.
 *
 * @param start weights from which it is not far.
 */
export function solveWeights(
  { seen, tokens }: Sums,
  expected: readonly Expected[],
  start: readonly number[],
): number[] {
  const weights = expected.map(({ weight }, at) => start[at] ?? weight);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let moved = 0;
    for (const [row, { weight: middle, below, above, least, most }] of expected.entries()) {
      const own = seen[placeOf(row, row)] ?? 0;
      let excess = (tokens[row] ?? 0) - own * middle;
      for (let column = 0; column < featureCount; column += 1)
        if (column !== row) excess -= (seen[placeOf(row, column)] ?? 0) * (weights[column] ?? 0);
      const spread = excess < 0 ? below : above;
      const best = middle + excess / (own + 1 / spread ** 2);
      const next = Math.min(most, Math.max(least, best));
      moved = Math.max(moved, Math.abs(next - (weights[row] ?? 0)) / spread);
      weights[row] = next;
    }
    if (moved < enough) break;
  }
  return weights;
}
