import "server-only";
import { errorStatuses, type ErrorBody, type ErrorCode } from "@/lib/contracts/errors";
import { AppError } from "@/lib/domain/errors/app-error";
import { isDatabaseUnavailable } from "../db/unavailable";
import { buildId } from "../env";
import { logger } from "../logger";
import { lifecycle } from "../start/lifecycle";

/** Headers of every answer of the API. */
export const apiHeaders = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  // A page from another build learns here that it is out of date.
  "x-parley-build": buildId(),
} as const;

/**
 * Any thrown value as an AppError. What is not one is a fault of ours, unless the database is away,
 * or was closed under a request because the process stops.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError(codeOf(error), { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (lifecycle().phase === "stopping") return "shutting_down";
  return isDatabaseUnavailable(error) ? "database_unavailable" : "internal";
}

/** Turns what a handler threw into its answer: the only place where an error becomes a Response. */
export function errorResponse(thrown: unknown, request: Request): Response {
  const error = toAppError(thrown);
  const status = errorStatuses[error.code];
  if (status >= 500) {
    const { pathname } = new URL(request.url);
    logger().error({ error, method: request.method, pathname }, "request failed");
  }
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.code.replaceAll("_", " "),
      ...(error.details === undefined ? {} : { details: error.details }),
    },
  };
  const headers = new Headers(apiHeaders);
  const retryAfter = error.details?.["retryAfterSeconds"] ?? (status === 503 ? 2 : undefined);
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  return Response.json(body, { status, headers });
}
