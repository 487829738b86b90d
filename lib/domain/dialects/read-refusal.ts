import { isObject, parseJson, type Json } from "../chat-completions/json";
import { readErrorBody } from "../errors/read-error-body";

/** Fields of a request that it can do without, or that have another name elsewhere. */
const fields = [
  "max_tokens",
  "max_completion_tokens",
  "temperature",
  "top_p",
  "frequency_penalty",
  "presence_penalty",
  "stop",
  "seed",
  "n",
  "reasoning_effort",
  "thinking",
  "enable_thinking",
  "thinking_budget",
  "chat_template_kwargs",
  "response_format",
  "stream_options",
] as const;
export type RefusedField = (typeof fields)[number] | "role";

/** `isOfValue`: the field is taken, only not with the value that it had. */
export type Refusal = { field: RefusedField; isOfValue: boolean };

const refusalWords =
  /unsupported|(?:not|n't) (?:currently )?(?:be )?support|unrecogni[sz]ed|unknown|unexpected|(?:not|n't) (?:permitted|allowed|accepted|available)|extra_forbidden|extra (?:inputs|fields)|only the default|must be|should be|cannot be used|not valid|invalid[ _]?parameter|不支持|不合法|only [\w.]+ is allowed|invalid (?:value|argument|temperature|top_p)/i;

const valueWords =
  /between|range|at (?:most|least)|(?:less|greater|more|fewer) than|maximum|minimum|exceed|too (?:large|high|low|small|long|big|many)|[<>]=|[[(] ?-?\d+(?:\.\d+)?, ?-?\d/i;

// A schema that somebody has written wrongly is theirs to mend, and no fault of the field.
const schemaWords =
  /(?:invalid|bad|malformed) (?:json )?schema|schema (?:is )?(?:invalid|malformed)/i;

/**
 * Which field of a request its refusal (400, 422) is about: OpenAI's `param`, the place in a list of
 * FastAPI, or words that name a field and say that it is not taken. Null when that is not clear, or
 * not about a field that was sent.
 */
export function readRefusal(errorBody: unknown, sent: Json): Refusal | null {
  const body = typeof errorBody === "string" ? (parseJson(errorBody) ?? errorBody) : errorBody;
  const { words } = readErrorBody(body);
  const field = findField(body, words, sent);
  if (field === null || (field === "response_format" && schemaWords.test(words))) return null;
  return { field, isOfValue: valueWords.test(words) };
}

function findField(body: unknown, words: string, sent: Json): RefusedField | null {
  if (isAboutRole(words)) return "role";
  const placed = findPlaces(body).find((place) => isSent(place, sent));
  if (placed !== undefined) return placed as RefusedField;
  if (!refusalWords.test(words)) return null;
  const named = fields
    .filter((field) => field in sent)
    .map((field) => ({ field, at: words.search(wordOf(field)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at);
  return named[0]?.field ?? null;
}

const isSent = (name: string, sent: Json) =>
  (fields as readonly string[]).includes(name) && name in sent;

// Names that are also words stand in quotation marks when a field is meant; others go by more names.
const quoted: Partial<Record<string, RegExp>> = {
  response_format: /(?<![A-Za-z0-9_])response_format(?![A-Za-z0-9_])|\bjson mode\b/i,
  stop: /['"`]stop\b/,
  n: /['"`]n\\?['"`]|\bn (?:must|should|has to) be\b|(?:parameter|argument|field)s?(?: supplied)?:? n\b/,
};

const wordOf = (field: string) =>
  quoted[field] ?? new RegExp(`(?<![A-Za-z0-9_])${field}(?![A-Za-z0-9_])`);

const isAboutRole = (words: string) =>
  /messages\[\d+\]\.role|(?:system|developer) role[^.]{0,20} not supported|(?:unexpected|unsupported|invalid) role/i.test(
    words,
  );

/** The names that stand where a server says which field it means. */
function findPlaces(value: unknown, depth = 0): string[] {
  if (depth > 4) return [];
  if (Array.isArray(value)) return value.flatMap((item) => findPlaces(item, depth + 1));
  if (!isObject(value)) return [];
  const { param, loc } = value as { param?: unknown; loc?: unknown };
  const own = [
    ...(typeof param === "string" ? [param] : []),
    ...(Array.isArray(loc) ? loc.filter((part) => typeof part === "string") : []),
  ].map((place) => place.replace(/[.[].*$/s, ""));
  const inner = ["error", "detail", "message", "errors"].flatMap((name) =>
    findPlaces(value[name], depth + 1),
  );
  return [...own, ...inner];
}
