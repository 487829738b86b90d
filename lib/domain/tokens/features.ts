import type { TokenCounts } from "@/lib/contracts/context";

/**
 * What the tokens of a prompt are computed from, in this order: our own count, characters of wide
 * scripts, signs that are no figures, figures, blanks, bytes, messages, and 1 for the call.
 */
export type Features = readonly number[];
export const featureCount = 8;
export const messageFeature = 6;
export const callFeature = 7;

/** The features of text alone. */
export function readFeatures(counts: TokenCounts): Features {
  const { o200k, wide, signs, digits = 0, blanks, bytes } = counts;
  return [
    o200k,
    wide,
    signs - digits,
    digits,
    blanks ?? words(counts) * 0.05,
    bytes ?? guessBytes(counts),
    0,
    0,
  ];
}

/** The features of a prompt. */
export function readPrompt(counts: TokenCounts, messages: number): Features {
  const features = [...readFeatures(counts)];
  features[messageFeature] = messages;
  features[callFeature] = 1;
  return features;
}

/** The tokens of something with these features. */
export function weigh(features: Features, weights: readonly number[]): number {
  let tokens = 0;
  for (let at = 0; at < featureCount; at += 1) tokens += (features[at] ?? 0) * (weights[at] ?? 0);
  return tokens;
}

// Texts that were counted before these were: a word of English is about a token.
const words = ({ o200k, wide, signs }: TokenCounts) =>
  Math.max(0, o200k - wide * 0.7 - signs * 0.8);
const guessBytes = (counts: TokenCounts) => words(counts) * 4.5 + counts.wide * 3 + counts.signs;
