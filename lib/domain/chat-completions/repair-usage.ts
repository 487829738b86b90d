import { isObject, type Json } from "./json";

/** Tokens as a provider reports them; null where it does not, or reports what cannot be. */
export type UsageCounts = {
  inputTokens: number | null;
  outputTokens: number | null;
  /** Of the input, what was cached; of the output, what went into reasoning. */
  cachedTokens?: number | null;
  reasoningTokens?: number | null;
};

// More than any model's window; a larger figure is a provider's mistake.
const mostTokens = 100_000_000;

/**
 * Reads the counts of a usage object: whole numbers, also in strings, by OpenAI's names or by
 * `input_tokens` and `output_tokens`. Null when not one of them can be meant, so that a broken
 * report does not overwrite a good one.
 */
export function readUsage(usage: unknown): UsageCounts | null {
  if (!isObject(usage)) return null;
  const inputTokens = readCount(usage["prompt_tokens"] ?? usage["input_tokens"]);
  const outputTokens = readCount(usage["completion_tokens"] ?? usage["output_tokens"]);
  if (inputTokens === null && outputTokens === null) return null;
  const cachedTokens = readPart(usage, cachedPlaces, inputTokens);
  const reasoningTokens = readPart(usage, reasoningPlaces, outputTokens);
  return {
    inputTokens,
    outputTokens,
    ...(cachedTokens === null ? {} : { cachedTokens }),
    ...(reasoningTokens === null ? {} : { reasoningTokens }),
  };
}

/** The same as an object that a strict reader of the standard takes. */
export function repairUsage(usage: unknown): Json | null {
  const counts = readUsage(usage);
  if (counts === null) return null;
  const { inputTokens, outputTokens, cachedTokens, reasoningTokens } = counts;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    ...(cachedTokens === undefined
      ? {}
      : { prompt_tokens_details: { cached_tokens: cachedTokens } }),
    ...(reasoningTokens === undefined
      ? {}
      : { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
  };
}

// OpenAI's two APIs; DeepSeek and Moonshot name the cache beside the counts.
const cachedPlaces = [
  ["prompt_tokens_details", "cached_tokens"],
  ["input_tokens_details", "cached_tokens"],
  ["prompt_cache_hit_tokens"],
  ["cached_tokens"],
] as const;
const reasoningPlaces = [
  ["completion_tokens_details", "reasoning_tokens"],
  ["output_tokens_details", "reasoning_tokens"],
  ["reasoning_tokens"],
] as const;

/** A count that is part of another: one that is larger than the whole cannot be meant. */
function readPart(
  usage: Json,
  places: readonly (readonly string[])[],
  whole: number | null,
): number | null {
  if (whole === null) return null;
  for (const place of places) {
    const value = place.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), usage);
    const count = readCount(value);
    if (count !== null) return count <= whole ? count : null;
  }
  return null;
}

function readCount(value: unknown): number | null {
  const count = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= mostTokens
    ? count
    : null;
}
