import "server-only";
import type { ProviderCallSettings } from "@/lib/contracts/providers";
import type { InstanceSettings } from "@/lib/contracts/settings";

/** How long the stages of a call may take, in milliseconds. */
export type CallTimeouts = {
  /** Until the connection stands, TLS included. */
  connectMs: number;
  /** From the request's start until the provider's headers. */
  headersMs: number;
  /** From the request's start until the first delta. */
  firstTokenMs: number;
  /** Between two deltas. */
  idleMs: number;
  /** The whole call, with all tries and the waits between them. */
  totalMs: number;
};

/** The limits that an admin has set. */
export function readCallTimeouts(settings: InstanceSettings): CallTimeouts {
  return {
    connectMs: settings.connectTimeoutSeconds * 1000,
    headersMs: settings.headersTimeoutSeconds * 1000,
    firstTokenMs: settings.firstTokenTimeoutSeconds * 1000,
    idleMs: settings.idleTimeoutSeconds * 1000,
    totalMs: settings.totalTimeoutSeconds * 1000,
  };
}

/** The limits of one provider: its own where it has some, else the instance's. */
export function settleTimeouts(instance: CallTimeouts, own: ProviderCallSettings): CallTimeouts {
  const settle = (seconds: number | undefined, otherwiseMs: number) =>
    seconds === undefined ? otherwiseMs : seconds * 1000;
  return {
    connectMs: settle(own.connectTimeoutSeconds, instance.connectMs),
    headersMs: settle(own.headersTimeoutSeconds, instance.headersMs),
    firstTokenMs: settle(own.firstTokenTimeoutSeconds, instance.firstTokenMs),
    idleMs: settle(own.idleTimeoutSeconds, instance.idleMs),
    totalMs: settle(own.totalTimeoutSeconds, instance.totalMs),
  };
}

export type TimeoutCode =
  "HEADERS_TIMEOUT" | "FIRST_TOKEN_TIMEOUT" | "IDLE_TIMEOUT" | "TOTAL_TIMEOUT";

/** The reason with which a call is aborted that takes too long; never to be taken for a stop. */
export class CallTimeoutError extends Error {
  override name = "CallTimeoutError";
  readonly code: TimeoutCode;

  constructor(code: TimeoutCode) {
    super(code);
    this.code = code;
  }
}
