import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";

/**
 * The one kind of error that is thrown on purpose. The code decides the HTTP status and the
 * sentence that people read; `details` are the values that the sentence names, never secrets.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}
