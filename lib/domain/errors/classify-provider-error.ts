import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import { findCertificateFault } from "./certificate-fault";
import {
  headerStallCodes,
  isCertificateCode,
  lostCodes,
  timeoutCodes,
  unreachableCodes,
} from "./network-codes";
import type { ClassifiedError, ProviderFailure, WhoActs } from "./provider-failure";
import {
  creditCodes,
  creditWords,
  filteredCodes,
  filteredWords,
  keyWords,
  missingModelCodes,
  missingModelWords,
  overloadedWords,
  rateWords,
  tooLongWords,
} from "./provider-words";
import { readErrorBody, type ErrorBodyFacts } from "./read-error-body";
import { readRetryAfterMs } from "./retry-after";
import { readTokenFigures, type TokenFigures } from "./token-figures";

/**
 * The one place that says what a provider's failure means: from status, body, headers and causes
 * to a code of the closed list, and whether to try again. Never carries the provider's words on:
 * they may quote the key.
 */
export function classifyProviderError(failure: ProviderFailure, nowMs: number): ClassifiedError {
  const facts = readErrorBody(failure.body);
  const status =
    failure.status !== undefined && failure.status >= 400 ? failure.status : facts.status;
  const code = codeOf(failure, facts, status);
  const waitMs = readRetryAfterMs(failure.headers ?? {}, facts.words, nowMs);
  const isRetryable = canRetry(code, failure, status, facts.words);
  const figures = code === "context_too_long" ? readTokenFigures(facts.words) : undefined;
  return {
    code,
    isRetryable,
    waitMs: isRetryable ? waitMs : null,
    whoActs: whoActs[code] ?? "nobody",
    details: {
      ...detailsOf(code, failure.status ?? facts.status, figures, waitMs, nowMs),
      ...(code === "provider_certificate_refused"
        ? { fault: findCertificateFault(failure.causeCodes ?? []) }
        : {}),
    },
    ...(figures === undefined ? {} : { figures }),
  };
}

function codeOf(failure: ProviderFailure, facts: ErrorBodyFacts, status: number | null): ErrorCode {
  const { causeCodes = [], message = "", phase } = failure;
  if (causeCodes.includes("PROVIDER_REDIRECTED")) return "provider_redirected";
  if (causeCodes.includes("PROVIDER_ADDRESS_REFUSED")) return "provider_address_refused";
  // An error object beside a status or in a stream; and nothing that the network said.
  if (status !== null) return codeOfStatus(status, facts);
  if (causeCodes.some((code) => timeoutCodes.has(code))) return "provider_timeout";
  if (causeCodes.some(isCertificateCode)) return "provider_certificate_refused";
  if (causeCodes.some((code) => unreachableCodes.has(code))) return "provider_unreachable";
  if (causeCodes.some((code) => lostCodes.has(code))) return "connection_lost";
  if (causeCodes.includes("DAMAGED_STREAM"))
    return phase === "in_content" ? "answer_damaged" : "provider_incompatible";
  if (causeCodes.some((code) => code === "NOT_A_STREAM" || code.startsWith("HPE_")))
    return "provider_incompatible";
  const worded = codeOfWords(facts);
  if (worded !== null) return worded;
  if (/terminated|other side closed|socket hang up|premature close/i.test(message))
    return "connection_lost";
  // undici knows ports that no web server has; there is nobody to talk to.
  if (/bad port|invalid url/i.test(message)) return "provider_unreachable";
  if (failure.status !== undefined && failure.status < 300) return "provider_incompatible";
  return "provider_failed";
}

/** What an error means that came without a status: in a stream, or as a document with 200. */
function codeOfWords(facts: ErrorBodyFacts): ErrorCode | null {
  const refusal = codeOfRefusal(facts);
  if (refusal !== null) return refusal;
  if (keyWords.test(facts.words)) return "provider_key_refused";
  if (rateWords.test(facts.words)) return "provider_rate_limited";
  return overloadedWords.test(facts.words) ? "provider_failed" : null;
}

/** Refusals that dialects tell with different statuses, so that only words can tell them apart. */
function codeOfRefusal({ codes, words }: ErrorBodyFacts): ErrorCode | null {
  if (codes.some((code) => creditCodes.has(code)) || creditWords.test(words))
    return "provider_out_of_credit";
  if (tooLongWords.test(words)) return "context_too_long";
  if (codes.some((code) => filteredCodes.has(code)) || filteredWords.test(words))
    return "answer_filtered";
  return null;
}

function codeOfStatus(status: number, facts: ErrorBodyFacts): ErrorCode {
  if (status === 402) return "provider_out_of_credit";
  if (status === 401) return "provider_key_refused";
  if (status === 408 || status === 504) return "provider_timeout";
  if (status === 413) return "context_too_long";
  // A page of a proxy may speak of anything; a server's own 500 may still name the true cause.
  const refusal = status < 500 || facts.codes.length > 0 ? codeOfRefusal(facts) : null;
  if (status >= 500) return refusal === "context_too_long" ? refusal : "provider_failed";
  if (refusal !== null) return refusal;
  if (status === 429) return "provider_rate_limited";
  if (status === 404 || facts.codes.some((code) => missingModelCodes.has(code)))
    return "provider_model_missing";
  if (missingModelWords.test(facts.words)) return "provider_model_missing";
  // Some gateways know no 401.
  if ((status === 400 || status === 403) && keyWords.test(facts.words))
    return "provider_key_refused";
  if (status === 403) return "provider_forbidden";
  // A conflict and "too early" pass, like a server's fault.
  return status === 409 || status === 425 ? "provider_failed" : "provider_rejected";
}

const retryableStatuses = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);

/** As the table of the retry policy has it; what came already is never asked for again. */
function canRetry(
  code: ErrorCode,
  { causeCodes = [], phase }: ProviderFailure,
  status: number | null,
  words: string,
): boolean {
  if (phase === "in_content") return false;
  if (code === "provider_rate_limited") return true;
  if (status !== null) return retryableStatuses.has(status) && isProvidersFault(code);
  if (code === "provider_failed") return overloadedWords.test(words);
  if (code === "connection_lost") return phase === "before_headers";
  return code === "provider_timeout" && causeCodes.some((cause) => headerStallCodes.has(cause));
}

const isProvidersFault = (code: ErrorCode) =>
  code === "provider_failed" || code === "provider_timeout";

const whoActs: Partial<Record<ErrorCode, WhoActs>> = {
  provider_key_refused: "admin",
  provider_forbidden: "admin",
  provider_model_missing: "admin",
  provider_out_of_credit: "admin",
  provider_unreachable: "admin",
  provider_certificate_refused: "admin",
  provider_redirected: "admin",
  provider_address_refused: "admin",
  provider_rejected: "admin",
  provider_incompatible: "admin",
  context_too_long: "user",
  answer_filtered: "user",
};

function detailsOf(
  code: ErrorCode,
  status: number | null,
  { tokens, limit }: TokenFigures = {},
  waitMs: number | null,
  nowMs: number,
): ErrorDetails {
  const isLimit = code === "provider_rate_limited" && waitMs !== null;
  return {
    ...(status === null ? {} : { status }),
    ...(waitMs === null ? {} : { retryAfterSeconds: Math.ceil(waitMs / 1000) }),
    // An answer is read again later, when "in two minutes" would be wrong.
    ...(isLimit ? { retryAt: new Date(nowMs + waitMs).toISOString() } : {}),
    ...(tokens === undefined ? {} : { tokens }),
    ...(limit === undefined ? {} : { limit }),
  };
}
