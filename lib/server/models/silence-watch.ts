import "server-only";
import { CallTimeoutError, type CallTimeouts } from "./call-timeouts";

/**
 * Ends a request that falls silent: before its headers, before its first delta, or between two. One
 * timer a request, moved by a timestamp and not by each delta.
 */
export class SilenceWatch {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly timeouts: CallTimeouts;
  private readonly startedAtMs = performance.now();
  private phase: "headers" | "first-token" | "flow" = "headers";
  private lastAtMs = this.startedAtMs;
  private timer: NodeJS.Timeout | undefined;

  constructor(timeouts: CallTimeouts, outer: AbortSignal) {
    this.timeouts = timeouts;
    this.signal = AbortSignal.any([this.controller.signal, outer]);
    this.arm();
  }

  /** Says that the provider has begun to answer. */
  gotHeaders(): void {
    this.enter("first-token");
  }

  /** Says that something of the answer came. */
  touch(): void {
    this.lastAtMs = performance.now();
    if (this.phase !== "flow") this.enter("flow");
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private enter(phase: "first-token" | "flow"): void {
    this.phase = phase;
    clearTimeout(this.timer);
    this.arm();
  }

  private arm(): void {
    const leftMs = this.dueAtMs() - performance.now();
    this.timer = setTimeout(
      () => {
        if (this.dueAtMs() - performance.now() > 1) this.arm();
        else this.controller.abort(new CallTimeoutError(codes[this.phase]));
      },
      Math.max(0, leftMs),
    );
    this.timer.unref();
  }

  private dueAtMs(): number {
    const { headersMs, firstTokenMs, idleMs } = this.timeouts;
    if (this.phase === "flow") return this.lastAtMs + idleMs;
    // Without headers there is no first token either: the shorter limit holds.
    const limitMs = this.phase === "headers" ? Math.min(headersMs, firstTokenMs) : firstTokenMs;
    return this.startedAtMs + limitMs;
  }
}

const codes = {
  headers: "HEADERS_TIMEOUT",
  "first-token": "FIRST_TOKEN_TIMEOUT",
  flow: "IDLE_TIMEOUT",
} as const;
