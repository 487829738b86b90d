import "server-only";
import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { AppError } from "@/lib/domain/errors/app-error";
import {
  classifyProviderError,
  type ClassifiedError,
  type ProviderFailure,
} from "@/lib/domain/errors/classify-provider-error";

/** A call that failed, classified. Its message and details never quote the provider. */
export class ModelCallError extends AppError {
  override name = "ModelCallError";

  private constructor({ code, details }: ClassifiedError, cause: unknown) {
    super(code, { details, cause });
  }

  /** Classifies whatever the SDK, fetch or the stream threw. */
  static from(error: unknown): ModelCallError {
    if (error instanceof ModelCallError) return error;
    if (error instanceof AppError)
      return new ModelCallError({ code: error.code, details: error.details ?? {} }, error);
    return new ModelCallError(classifyProviderError(describe(error)), error);
  }
}

function describe(error: unknown): ProviderFailure {
  if (!(error instanceof Error)) return { body: error };
  const causeCodes: string[] = [];
  const messages: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === "string") causeCodes.push(code);
    messages.push(current.message);
  }
  // How the SDK says that a stream ended without a finish reason.
  if (InvalidResponseDataError.isInstance(error) && error.data === undefined)
    causeCodes.push("STREAM_ENDED");
  const failure = { causeCodes, message: messages.join(" | ") };
  if (!APICallError.isInstance(error)) return failure;
  return {
    ...failure,
    status: error.statusCode,
    body: error.data ?? error.responseBody,
    headers: error.responseHeaders,
  };
}
