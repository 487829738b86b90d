import type { ErrorCode } from "@/lib/contracts/errors";

/** What kept a model from answering, in the words of a line. */
export type FailoverReason =
  | "unreachable"
  | "slow"
  | "busy"
  | "failing"
  | "resting"
  | "key"
  | "credit"
  | "missing"
  | "incapable"
  | "long"
  | "ownKey"
  | "other";

const reasons: Partial<Record<ErrorCode, FailoverReason>> = {
  provider_unreachable: "unreachable",
  provider_certificate_refused: "unreachable",
  provider_redirected: "unreachable",
  provider_address_refused: "unreachable",
  connection_lost: "unreachable",
  provider_timeout: "slow",
  provider_rate_limited: "busy",
  provider_busy: "busy",
  provider_failed: "failing",
  provider_incompatible: "failing",
  empty_answer: "failing",
  answer_damaged: "failing",
  provider_resting: "resting",
  provider_key_refused: "key",
  own_key_refused: "key",
  provider_out_of_credit: "credit",
  provider_model_missing: "missing",
  model_incapable: "incapable",
  context_too_long: "long",
  own_key_missing: "ownKey",
};

/** Short for an error's sentence, which would be too much where something else helped. */
export function readFailoverReason(code: ErrorCode): FailoverReason {
  return reasons[code] ?? "other";
}
