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
  // Added up in place: a plan does this for thousands of messages.
  let [o200k, wide, signs, cl100k, digits, blanks, bytes] = [0, 0, 0, 0, 0, 0, 0];
  for (const counts of all) {
    o200k += counts.o200k;
    wide += counts.wide;
    signs += counts.signs;
    // NaN from the first that is missing on.
    cl100k += counts.cl100k ?? Number.NaN;
    digits += counts.digits ?? Number.NaN;
    blanks += counts.blanks ?? Number.NaN;
    bytes += counts.bytes ?? Number.NaN;
  }
  const others = Object.entries({ cl100k, digits, blanks, bytes });
  return { o200k, wide, signs, ...Object.fromEntries(others.filter(([, sum]) => !isNaN(sum))) };
}
