import "server-only";

/** How long a call may be silent, in milliseconds. */
export type CallTimeouts = {
  /** Until the first delta. */
  firstTokenMs: number;
  /** Between two deltas. */
  idleMs: number;
};

/** Raised as the abort reason when a model is silent for too long. */
export class SilenceError extends Error {
  override name = "SilenceError";
  readonly code: "FIRST_TOKEN_TIMEOUT" | "IDLE_TIMEOUT";

  constructor(code: SilenceError["code"]) {
    super(code);
    this.code = code;
  }
}

/** Ends a call that falls silent. One timer a call, moved by a timestamp and not by each delta. */
export class IdleWatch {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly timeouts: CallTimeouts;
  private hasStarted = false;
  private lastAtMs = performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(timeouts: CallTimeouts, outer: AbortSignal) {
    this.timeouts = timeouts;
    this.signal = AbortSignal.any([this.controller.signal, outer]);
    this.arm(timeouts.firstTokenMs);
  }

  /** Says that something came. */
  touch(): void {
    this.lastAtMs = performance.now();
    if (this.hasStarted) return;
    this.hasStarted = true;
    clearTimeout(this.timer);
    this.arm(this.timeouts.idleMs);
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private arm(inMs: number): void {
    this.timer = setTimeout(() => {
      const limitMs = this.hasStarted ? this.timeouts.idleMs : this.timeouts.firstTokenMs;
      const leftMs = this.lastAtMs + limitMs - performance.now();
      if (leftMs > 1) this.arm(leftMs);
      else
        this.controller.abort(
          new SilenceError(this.hasStarted ? "IDLE_TIMEOUT" : "FIRST_TOKEN_TIMEOUT"),
        );
    }, inMs);
    this.timer.unref();
  }
}
