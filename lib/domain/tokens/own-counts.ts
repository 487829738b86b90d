import type { TokenCounts } from "@/lib/contracts/context";
import type { Encoding } from "./find-encoding";

/** Counts with the model's own in the first place; null where they were not made. */
export function ownCounts(counts: TokenCounts, encoding: Encoding | null): TokenCounts | null {
  if (encoding !== "cl100k") return counts;
  return counts.cl100k === undefined ? null : { ...counts, o200k: counts.cl100k };
}

/** The same, with a guess that is rather too high where they were not made. */
export function guessOwnCounts(counts: TokenCounts, encoding: Encoding | null): TokenCounts {
  const { o200k, wide, signs } = counts;
  const guess = Math.ceil(o200k * 1.06 + wide * 0.6 + signs * 0.1);
  return ownCounts(counts, encoding) ?? { ...counts, o200k: guess };
}
