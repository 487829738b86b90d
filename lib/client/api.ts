import type { ErrorBody, ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import { noteAnswer, noteSession, noteUnreachable } from "./connection";
import { noteServerTime } from "./server-clock";
import type { Check } from "./shape";

/** `offline` is known to the browser only: the server was not reached at all. */
export type ClientErrorCode = ErrorCode | "offline";

/** A call to the API that did not succeed; `status` is 0 when the server was not reached. */
export class ApiError extends Error {
  override name = "ApiError";

  constructor(
    readonly code: ClientErrorCode,
    readonly details: ErrorDetails | null,
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

type CallOptions<Value> = {
  body?: unknown;
  /** Checks the answer. Leave it out where only success matters. */
  schema?: Check<Value>;
  signal?: AbortSignal;
  /** Lets the request outlive the page, for small ones that must arrive. */
  isKeptAlive?: boolean;
};

/**
 * Calls the API with JSON and returns the answer, undefined when it has none (204).
 *
 * @throws ApiError for every failure but the caller's own abort, which stays an AbortError.
 */
export async function callApi<Value = undefined>(
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  { body, schema, signal, isKeptAlive = false }: CallOptions<Value> = {},
): Promise<Value> {
  const response = await fetchApi(path, {
    method,
    credentials: "same-origin",
    keepalive: isKeptAlive,
    signal: signal ?? null,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (schema === undefined || response.status === 204) return undefined as Value;
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) {
    throw new ApiError("internal", null, response.status, { cause: parsed.error });
  }
  return parsed.data;
}

/**
 * Calls the API and returns an answer that is a success. What the answer, or its absence, says of
 * the connection is noted by the way.
 *
 * @throws ApiError for every failure but the caller's own abort, which stays an AbortError.
 */
export async function fetchApi(path: string, init: RequestInit): Promise<Response> {
  const response = await reach(path, { cache: "no-store", ...init });
  noteAnswer(response);
  noteServerTime(response.headers.get("date"), Date.now());
  if (response.ok) {
    if (!path.startsWith("/api/auth/")) noteSession(true);
    return response;
  }
  const error = await readApiError(response);
  if (error.code === "unauthorized") noteSession(false);
  if (error.code === "offline") noteUnreachable();
  throw error;
}

/** The error that a failed answer of the API tells of; `internal` when it tells nothing we know. */
async function readApiError(response: Response): Promise<ApiError> {
  return readApiFailure(response.status, await response.json().catch(() => undefined));
}

/** The error that a status and a body tell of, however they were received. */
export function readApiFailure(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) return new ApiError(body.error.code, body.error.details ?? null, status);
  // A proxy in front of Parley answers in its own words; only the status can be trusted.
  return new ApiError(status === 413 ? "payload_too_large" : fallbackCode(status), null, status);
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (!isRecord(body) || !isRecord(body["error"])) return false;
  const { code, message, details } = body["error"];
  // A newer server may know more codes than this page; their sentence is the general one.
  const isCode = typeof code === "string" && /^[a-z]+(?:_[a-z]+)*$/.test(code);
  return isCode && typeof message === "string" && (details === undefined || isRecord(details));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Any caught value as an ApiError, for a sentence. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError("internal", null, 0, { cause: error });
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (isAbort(error)) throw error;
    noteUnreachable();
    throw new ApiError("offline", null, 0, { cause: error });
  }
}

function fallbackCode(status: number): ClientErrorCode {
  if (status === 401) return "unauthorized";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status === 502 || status === 503 || status === 504 ? "offline" : "internal";
}
