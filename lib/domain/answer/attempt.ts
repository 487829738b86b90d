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
  modelName: string;
  outcome: "answered" | "failed" | "aborted";
  httpStatus: number | null;
  errorCode: ErrorCode | null;
  /** Null when the provider refused the request, which then used nothing. */
  usage: TokenUsage | null;
  startedAt: Date;
  firstTokenAt: Date | null;
  finishedAt: Date;
};
