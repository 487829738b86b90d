import { isObject, type Json } from "./json";

/** Tokens as a provider reports them; null where it does not, or reports what cannot be. */
export type UsageCounts = { inputTokens: number | null; outputTokens: number | null };

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
  return inputTokens === null && outputTokens === null ? null : { inputTokens, outputTokens };
}

/** The same as an object that a strict reader of the standard takes. */
export function repairUsage(usage: unknown): Json | null {
  const counts = readUsage(usage);
  if (counts === null) return null;
  return { prompt_tokens: counts.inputTokens, completion_tokens: counts.outputTokens };
}

function readCount(value: unknown): number | null {
  const count = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= mostTokens
    ? count
    : null;
}
