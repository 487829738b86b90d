/** A tokenizer that is public, and that we have. */
export type Encoding = "o200k" | "cl100k";

// https://github.com/openai/tiktoken/blob/main/tiktoken/model.py
const encodings: readonly [RegExp, Encoding][] = [
  [/^(?:chatgpt-4o|gpt-(?:4o|4\.1|4\.5|5|oss)|o[134])(?![a-z0-9])/, "o200k"],
  [/^gpt-(?:4|3\.5-turbo|35-turbo)(?![a-z0-9.])/, "cl100k"],
];

/**
 * The encoding of a model, by its name at the provider: `openai/gpt-4o-2024-11-20` as well as
 * `gpt-4o`. Null where it is not known.
 */
export function findEncoding(modelName: string): Encoding | null {
  const name = modelName.toLowerCase().trim().replace(/^.*\//, "").replace(/^ft:/, "");
  return encodings.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
