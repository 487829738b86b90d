import { findEncoding } from "./find-encoding";
import type { Expected } from "./solve-weights";

const expect = (
  weight: number,
  [below, above]: readonly [number, number],
  [least, most]: readonly [number, number],
): Expected => ({ weight, below, above, least, most });

// In the order of the features. Before the first report the weights are rather too high: between
// o200k and cl100k, whose counts the large vocabularies of today are close to. What is too high for
// one script is not taken from what all have in common while others were not seen.
const usual: readonly Expected[] = [
  expect(1.05, [0.15, 0.35], [0.2, 4]),
  expect(0.3, [0.6, 0.6], [-0.8, 4]),
  expect(0.05, [0.5, 0.5], [-0.9, 4]),
  expect(0.3, [0.5, 0.5], [-0.8, 2]),
  expect(0.05, [0.3, 0.3], [-0.4, 2]),
  expect(0.01, [0.02, 0.1], [0, 1.5]),
  expect(4, [2, 3], [1, 40]),
  expect(3, [20, 150], [0, 4_000]),
];

// Vocabularies of 32,000 or 50,000 pieces, made from English.
const small = usual.map((one, at) =>
  at === 0 ? { ...one, weight: 1.25 } : at === 1 ? { ...one, weight: 1.2 } : one,
);
const smallVocabularies = /llama-?2|codellama|vicuna|mixtral|mistral-7b|gpt-?2|davinci|claude/;

/** What the weights of a model are before its reports say more. */
export function expectWeights(modelName: string): readonly Expected[] {
  if (findEncoding(modelName) !== null) return exact;
  return smallVocabularies.test(modelName.toLowerCase()) ? small : usual;
}

// The text is counted as it is; only what a provider adds to it is learned.
const none = expect(0, [1e-6, 1e-6], [0, 0]);
const exact: readonly Expected[] = [
  expect(1, [0.02, 0.02], [1, 4]),
  ...usual.slice(1, 6).map(() => none),
  expect(4, [1, 1], [3, 40]),
  expect(3, [20, 150], [3, 4_000]),
];
