import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";

const brand = Symbol.for("parley.app-error");

/**
 * The one kind of error that is thrown on purpose. The code decides the HTTP status and the
 * sentence that people read; `details` are the values that the sentence names, never secrets.
 */
export class AppError extends Error {
  /**
   * A build has several copies of this module, one for each kind of entry, and what one of them
   * keeps for the whole process throws its own: for `instanceof` they are all the same.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== AppError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && brand in value;
  }

  override name = "AppError";
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }
}
