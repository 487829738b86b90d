import * as z from "zod";

/**
 * Every way in which something can go wrong, with its HTTP status. The sentence that people read
 * is found by the code in messages/LANGUAGE/errors.json: what happened, what was kept, what to do.
 */
export const errorStatuses = {
  // What was sent
  invalid_input: 400,
  bad_origin: 403,
  payload_too_large: 413,
  unsupported_media_type: 415,
  // Who sent it
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  // Accounts
  sign_in_failed: 401,
  sign_in_throttled: 429,
  sso_failed: 403,
  wrong_password: 403,
  email_taken: 409,
  signup_closed: 403,
  invite_invalid: 403,
  // Chat
  no_model: 409,
  answer_in_progress: 409,
  // Providers; also the errorCode of an answer
  provider_key_refused: 502,
  provider_forbidden: 502,
  provider_model_missing: 502,
  provider_rate_limited: 429,
  provider_out_of_credit: 402,
  provider_unreachable: 502,
  provider_certificate_refused: 502,
  provider_redirected: 502,
  provider_address_refused: 400,
  provider_timeout: 504,
  provider_failed: 502,
  provider_rejected: 502,
  provider_incompatible: 502,
  /** It failed too often just now, and is given a rest. */
  provider_resting: 503,
  /** As many calls at a time as the admin allows, and no place came free. */
  provider_busy: 503,
  /** The member's own key was refused, or they have none and need one. */
  own_key_refused: 502,
  own_key_missing: 409,
  /** No model of the alias can do what was asked: `details.needs` says what. */
  model_incapable: 400,
  context_too_long: 400,
  /** No room for a call: `details` as in budgetRefusalSchema, the name as `budget`. */
  budget_exceeded: 402,
  /** A money budget covers the call, and what the model costs is unknown. */
  budget_needs_price: 402,
  /** What a model wrote is no summary: `details.reason` says why. */
  summary_failed: 502,
  // Images
  image_unreadable: 400,
  image_too_large: 413,
  image_store_full: 413,
  // Answers that ended early; only ever the errorCode of an answer
  empty_answer: 502,
  answer_filtered: 502,
  connection_lost: 502,
  answer_damaged: 502,
  server_restarted: 503,
  // The server itself
  starting: 503,
  database_unavailable: 503,
  shutting_down: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

export const errorCodes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]];

export const errorCodeSchema = z.enum(errorCodes);

/**
 * Values that a sentence may name, never secrets: `retryAfterSeconds` and `retryAt` (ISO 8601),
 * `tokens` and `limit` of a conversation that is too long, `had` of an empty answer (`reasoning`,
 * `tools`), `field`, `reason` (of a summary: see summaryFailures), `model`.
 */
export const errorDetailsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]),
);

export type ErrorDetails = z.infer<typeof errorDetailsSchema>;

/** The body of every error answer. `message` is for developers, in English; screens use the code. */
export const errorBodySchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    details: errorDetailsSchema.optional(),
  }),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
