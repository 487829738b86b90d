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
function readFeatures(counts: TokenCounts): Features {
  const { o200k, wide, signs, digits = 0, blanks, bytes } = counts;
  return [
    o200k,
    wide,
    signs - digits,
    digits,
    blanks ?? guessBlanks(counts),
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

/** The same for text alone, without a list of its features: plans measure thousands of texts. */
export function makeTextWeigher(weights: readonly number[]): (counts: TokenCounts) => number {
  const [ours = 0, perWide = 0, perSign = 0, perDigit = 0, perBlank = 0, perByte = 0] = weights;
  return (counts) => {
    const { o200k, wide, signs, digits = 0, blanks, bytes } = counts;
    return (
      o200k * ours +
      wide * perWide +
      (signs - digits) * perSign +
      digits * perDigit +
      (blanks ?? guessBlanks(counts)) * perBlank +
      (bytes ?? guessBytes(counts)) * perByte
    );
  };
}

// Texts that were counted before these were: a word of English is about a token.
const words = ({ o200k, wide, signs }: TokenCounts) =>
  Math.max(0, o200k - wide * 0.7 - signs * 0.8);
const guessBlanks = (counts: TokenCounts) => words(counts) * 0.05;
const guessBytes = (counts: TokenCounts) => words(counts) * 4.5 + counts.wide * 3 + counts.signs;
