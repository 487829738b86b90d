/** An error body in whatever shape it came, as far as it can be read. */
export type ErrorBodyFacts = {
  /** A status that the body itself names: gateways put it into `code` of an error in a stream. */
  status: number | null;
  /** All codes and types that were named, in lower case. */
  codes: string[];
  /** Everything that was said, codes included; for looking for words, never for showing. */
  words: string;
};

type Json = Record<string, unknown>;

// Longer bodies are pages of a proxy; what they mean stands at their head.
const mostCharacters = 4_000;

/**
 * Reads `{error: {message, type, code}}` (OpenAI, Azure with its `innererror`, Anthropic), the flat
 * `{code, message}` (DashScope, SiliconFlow), `{object: "error", message, code: 400}` (vLLM),
 * `{error: "words"}` (Ollama), `{detail}` (FastAPI), lists of those, and text.
 */
export function readErrorBody(body: unknown): ErrorBodyFacts {
  const parsed = typeof body === "string" ? (parse(body) ?? body) : body;
  if (typeof parsed === "string")
    return { status: null, codes: [], words: parsed.slice(0, mostCharacters) };
  const objects = collect(parsed);
  const named = objects.flatMap((object) =>
    ["code", "type", "status", "error_code"].map((name) => object[name]),
  );
  const codes = named.flatMap((value) =>
    typeof value === "string" || typeof value === "number" ? [String(value).toLowerCase()] : [],
  );
  const status = codes.map(Number).find((value) => value >= 400 && value < 600) ?? null;
  return { status, codes, words: toWords(parsed) };
}

/** The object itself and those in it that are part of the same error. */
function collect(value: unknown, depth = 0): Json[] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return collect(value[0], depth + 1);
  if (typeof value !== "object" || value === null) return [];
  const object = value as Json;
  const inner = ["error", "innererror", "errors", "detail"].flatMap((name) =>
    collect(object[name], depth + 1),
  );
  return [object, ...inner];
}

function toWords(value: unknown): string {
  try {
    return JSON.stringify(value ?? null).slice(0, mostCharacters);
  } catch {
    return "";
  }
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
