import type { LeftOut } from "@/lib/contracts/parameters";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { Payer, PriceVersion } from "@/lib/contracts/usage";

/** Tokens of one request: as the provider reported them, or by our own count. */
export type TokenUsage = {
  inputTokens: number;
  /** Of the input, what the provider had in its cache; left out when it does not say. */
  cachedTokens?: number | undefined;
  outputTokens: number;
  /** Of the output, what went into reasoning; left out when it does not say. */
  reasoningTokens?: number | undefined;
  source: "reported" | "estimated";
};

/** One request to a provider, after its end. */
export type CallAttempt = {
  /** The call of the gate that it belongs to, and its number in that call, from 1. */
  callId: string;
  callNumber: number;
  /** Counts from 1 within its generation, which may have made more than one call. */
  number: number;
  providerId: string;
  providerName: string;
  modelId: string;
  modelName: string;
  /** Which of the provider's keys; null where it needs none. */
  keyId: string | null;
  payer: Payer;
  /** What the model cost then; null when that is unknown. */
  price: PriceVersion | null;
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
