import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";

/** What is known of a failed call: whatever of it the provider or the network gave. */
export type ProviderFailure = {
  status?: number | undefined;
  /** The body, parsed when it was JSON. */
  body?: unknown;
  headers?: Record<string, string> | undefined;
  /** Codes along the chain of causes, such as `ECONNREFUSED`. */
  causeCodes?: string[];
  message?: string;
};

export type ClassifiedError = { code: ErrorCode; details: ErrorDetails };

// Billing, not pace: waiting does not help. OpenAI's codes; DeepSeek and others use 402.
const creditCodes =
  /insufficient_quota|credit_balance_exhausted|spend_limit_exceeded|usage_limit_exceeded|billing_hard_limit_reached|insufficient.{0,10}balance|arrearage/i;

// OpenAI by code; vLLM, Anthropic, llama.cpp and Ark by their words.
const tooLongWords =
  /context_length_exceeded|maximum context length|prompt is too long|exceeds? the (?:available |maximum )?context|input.{0,20}too long|context window/i;

const missingModelWords =
  /model_not_found|model.{0,40}(?:does not exist|not found|not exist)|no such model|invalid model/i;

const timeoutCodes = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "FIRST_TOKEN_TIMEOUT",
  "IDLE_TIMEOUT",
  "TOTAL_TIMEOUT",
]);
const unreachableCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const lostCodes = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "STREAM_ENDED"]);

/**
 * The one place that says what a provider's failure means: from status, body, headers and causes
 * to a code of the closed list. Never carries the provider's words on: they may quote the key.
 */
export function classifyProviderError(failure: ProviderFailure): ClassifiedError {
  return { code: codeOf(failure), details: detailsOf(failure) };
}

function codeOf({ status, body, causeCodes = [], message = "" }: ProviderFailure): ErrorCode {
  const words = `${typeof body === "string" ? body : JSON.stringify(body ?? "")} ${message}`;
  if (causeCodes.includes("PROVIDER_ADDRESS_REFUSED")) return "provider_address_refused";
  if (status !== undefined && status >= 400) return codeOfStatus(status, words);
  if (causeCodes.some((code) => timeoutCodes.has(code))) return "provider_timeout";
  if (
    causeCodes.some((code) => unreachableCodes.has(code) || /CERT|TLS|SSL|SELF_SIGNED/.test(code))
  )
    return "provider_unreachable";
  if (causeCodes.some((code) => lostCodes.has(code))) return "connection_lost";
  if (/redirect/i.test(message)) return "provider_address_refused";
  if (creditCodes.test(words)) return "provider_out_of_credit";
  if (tooLongWords.test(words)) return "context_too_long";
  if (/terminated|other side closed|socket hang up|premature close/i.test(message))
    return "connection_lost";
  if (status !== undefined && status < 300) return "provider_incompatible";
  return "provider_failed";
}

function codeOfStatus(status: number, words: string): ErrorCode {
  if (status === 402 || (status === 429 && creditCodes.test(words)))
    return "provider_out_of_credit";
  if (status === 429) return "provider_rate_limited";
  if (status === 401) return "provider_key_refused";
  if (status === 413 || (status < 500 && tooLongWords.test(words))) return "context_too_long";
  if (status === 404 || (status < 500 && missingModelWords.test(words)))
    return "provider_model_missing";
  if (status === 403) return "provider_forbidden";
  if (status === 408 || status === 504) return "provider_timeout";
  return status < 500 ? "provider_rejected" : "provider_failed";
}

function detailsOf({ status, headers = {} }: ProviderFailure): ErrorDetails {
  const retryAfterSeconds = readRetryAfter(headers);
  return {
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  };
}

/** Seconds to wait, from `retry-after-ms` or `retry-after` in its form of seconds. */
function readRetryAfter(headers: Record<string, string>): number | null {
  const milliseconds = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return Math.ceil(milliseconds / 1000);
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
