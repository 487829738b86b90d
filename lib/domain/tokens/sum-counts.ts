import type { TokenCounts } from "@/lib/contracts/context";

export const noCounts: TokenCounts = {
  o200k: 0,
  wide: 0,
  signs: 0,
  digits: 0,
  blanks: 0,
  bytes: 0,
};

/** What several texts count together. What one of them was not counted by is left out. */
export function sumCounts(all: readonly TokenCounts[]): TokenCounts {
  return all.reduce(
    addCounts,
    all.every(({ cl100k }) => cl100k !== undefined) ? exactly : noCounts,
  );
}

const exactly: TokenCounts = { ...noCounts, cl100k: 0 };

function addCounts(one: TokenCounts, other: TokenCounts): TokenCounts {
  const sum: TokenCounts = {
    o200k: one.o200k + other.o200k,
    wide: one.wide + other.wide,
    signs: one.signs + other.signs,
  };
  for (const name of ["cl100k", "digits", "blanks", "bytes"] as const) {
    const [a, b] = [one[name], other[name]];
    if (a !== undefined && b !== undefined) sum[name] = a + b;
  }
  return sum;
}
