import type { ErrorCode, ErrorDetails } from "@/lib/contracts/errors";
import type { TokenFigures } from "./token-figures";

/** How far a call had come when it failed. */
export type CallPhase = "before_headers" | "before_content" | "in_content";

/** What is known of a failed call: whatever of it the provider or the network gave. */
export type ProviderFailure = {
  status?: number | undefined;
  /** The body, parsed when it was JSON. */
  body?: unknown;
  headers?: Record<string, string> | undefined;
  /** Codes along the chain of causes, such as `ECONNREFUSED`. */
  causeCodes?: readonly string[];
  /** Of our own errors and the network's; never the provider's words. */
  message?: string;
  /** Left out where only headers and a short body are asked for. */
  phase?: CallPhase;
};

/** Who can do something about it: who chats, who runs the instance, or only time. */
export type WhoActs = "user" | "admin" | "nobody";

export type ClassifiedError = {
  code: ErrorCode;
  /** Whether the same request may be sent once more. */
  isRetryable: boolean;
  /** How long the provider asks to wait; null when it does not say. */
  waitMs: number | null;
  whoActs: WhoActs;
  details: ErrorDetails;
  /** Of a prompt that was too long: what the provider says of its length and the room for it. */
  figures?: TokenFigures;
};
