import type { LeftOut } from "@/lib/contracts/parameters";
import type { ErrorCode } from "@/lib/contracts/errors";

/** Tokens of one request: as the provider reported them, or by our own count. */
export type TokenUsage = {
  inputTokens: number;
  outputTokens: number;
  source: "reported" | "estimated";
};

/** One request to a provider, after its end. */
export type CallAttempt = {
  /** Counts from 1 within a call of the gate. */
  number: number;
  providerId: string;
  modelId: string;
  modelName: string;
  /** Which of the provider's keys; null where it needs none. */
  keyId: string | null;
  outcome: "answered" | "failed" | "aborted";
  httpStatus: number | null;
  errorCode: ErrorCode | null;
  /** Null when the provider refused the request, which then used nothing. */
  usage: TokenUsage | null;
  /** Parameters that were asked for and did not go along. */
  leftOut: LeftOut[];
  startedAt: Date;
  /** When the provider's headers came; null when they did not. */
  headersAt: Date | null;
  firstTokenAt: Date | null;
  finishedAt: Date;
};
