import "server-only";
import { APICallError, InvalidResponseDataError } from "@ai-sdk/provider";
import { ownErrorType } from "@/lib/domain/chat-completions/event-mender";
import { AppError } from "@/lib/domain/errors/app-error";
import { classifyProviderError } from "@/lib/domain/errors/classify-provider-error";
import type {
  CallPhase,
  ClassifiedError,
  ProviderFailure,
} from "@/lib/domain/errors/provider-failure";

/** A call that failed, classified. Its message and details never quote the provider. */
export class ModelCallError extends AppError {
  override name = "ModelCallError";
  readonly classified: ClassifiedError;

  private constructor(classified: ClassifiedError, cause: unknown) {
    super(classified.code, { details: classified.details, cause });
    this.classified = classified;
  }

  /** Classifies whatever the SDK, fetch or the stream threw, by how far the call had come. */
  static from(error: unknown, phase: CallPhase): ModelCallError {
    if (error instanceof ModelCallError) return error;
    if (error instanceof AppError) {
      const { code, details = {} } = error;
      const classified = { code, details, isRetryable: false, waitMs: null } as const;
      return new ModelCallError({ ...classified, whoActs: "nobody" }, error);
    }
    return new ModelCallError(
      classifyProviderError({ ...describe(error), phase }, Date.now()),
      error,
    );
  }
}

function describe(error: unknown): ProviderFailure {
  if (!(error instanceof Error)) return describeEvent(error);
  const causeCodes: string[] = [];
  const messages: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code === "string") causeCodes.push(code);
    if (!APICallError.isInstance(current)) messages.push(current.message);
  }
  // How the SDK says that a stream ended without a finish reason.
  if (InvalidResponseDataError.isInstance(error) && error.data === undefined)
    causeCodes.push("STREAM_ENDED");
  const failure = { causeCodes, message: messages.join(" | ") };
  if (!APICallError.isInstance(error)) return failure;
  return {
    ...failure,
    status: error.statusCode,
    // The SDK's own reading of it leaves out what is not in OpenAI's form.
    body: error.responseBody,
    headers: error.responseHeaders,
  };
}

/** An error that came as an event of the stream: the provider's, or our word that it broke. */
function describeEvent(error: unknown): ProviderFailure {
  const { type, code } = (error ?? {}) as { type?: unknown; code?: unknown };
  return type === ownErrorType && typeof code === "string"
    ? { causeCodes: [code] }
    : { body: error };
}
