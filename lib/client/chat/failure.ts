import type { ErrorDetails } from "@/lib/contracts/errors";
import { toApiError, type ClientErrorCode } from "../api";

/** Why something did not work, ready for a sentence. */
export type Failure = { code: ClientErrorCode; details: ErrorDetails | null };

export function toFailure(error: unknown): Failure {
  const { code, details } = toApiError(error);
  return { code, details };
}

const passing: readonly ClientErrorCode[] = [
  "offline",
  "starting",
  "database_unavailable",
  "shutting_down",
];

/** Whether the same request will do later without anybody's help: worth trying again by itself. */
export function isPassing(failure: Failure): boolean {
  return passing.includes(failure.code);
}

const ambiguous: readonly ClientErrorCode[] = ["internal", "unauthorized", "rate_limited"];

/**
 * Whether the message should wait in the conversation to be sent once more, instead of going
 * back into the composer: the fault is not in the message.
 */
export function isWorthKeeping(failure: Failure): boolean {
  return isPassing(failure) || ambiguous.includes(failure.code);
}
