import "server-only";
import { randomUUID } from "node:crypto";
import type { ErrorCode } from "@/lib/contracts/errors";
import { breakerPolicy, freshBreaker, isQuiet, tidy } from "@/lib/domain/failover/breaker-memory";
import type { BreakerState } from "@/lib/domain/failover/breaker-memory";
import {
  enterBreaker,
  settleBreaker,
  type Leave,
  type Verdict,
} from "@/lib/domain/failover/breaker-state";
import { logger } from "../logger";
import type { BreakerHome } from "./breaker-home";

/** A call that may go out; says what became of it. Only its first word, beside headers, counts. */
export type Pass = {
  gotHeaders: () => void;
  settle: (verdict: Exclude<Verdict, "headers">, code?: ErrorCode) => void;
};

export type Entry = { kind: "go"; pass: Pass } | { kind: "resting"; retryAfterMs: number };

/** Keeps calls away from models that fail. See lib/domain/failover for its rules. */
export class ModelBreaker {
  /** Answers of quiet models, by their model: told with the next report that matters. */
  private readonly untold = new Map<string, { count: number; sinceMs: number }>();

  constructor(
    private readonly home: BreakerHome,
    private readonly now: () => number = Date.now,
    private readonly random: () => number = Math.random,
    /** Called when a model failed so often that it rests, with what it failed with last. */
    private readonly onOpened: (modelId: string, code: ErrorCode | null) => void = () => undefined,
  ) {}

  /**
   * Waits, for a short time at most, until it is clear whether a model may be called.
   * @throws the signal's reason when it is aborted meanwhile.
   */
  async enter(
    modelId: string,
    { signal, hasOwnKey }: { signal: AbortSignal; hasOwnKey: boolean },
  ): Promise<Entry> {
    const id = randomUUID();
    const deadlineMs = this.now() + breakerPolicy.waitForVerdictMs;
    for (;;) {
      signal.throwIfAborted();
      const news = this.hearOf(modelId);
      try {
        const hasWaited = this.now() >= deadlineMs;
        const asked = this.ask(modelId, id, hasOwnKey, hasWaited);
        const leave = await unlessAborted(asked, signal, () => {
          void this.report(modelId, id, hasOwnKey, "none");
        });
        if (leave.kind === "resting") return leave;
        if (leave.kind === "go") return { kind: "go", pass: this.makePass(modelId, id, hasOwnKey) };
        await news.wait(deadlineMs - this.now(), signal);
      } finally {
        news.end();
      }
    }
  }

  /** Whether a model rests, as far as is known here. */
  isResting(modelId: string): boolean {
    const { openUntilMs } = this.home.peek(modelId);
    return openUntilMs !== null && openUntilMs > this.now();
  }

  /** The newest states, for who looks at them. */
  readAll(modelIds: readonly string[]): Promise<Map<string, BreakerState>> {
    return this.home.readAll(modelIds);
  }

  /** Forgets what a model did: it is called as if it were new. */
  async forget(modelId: string): Promise<void> {
    this.untold.delete(modelId);
    await this.home.change(modelId, () => [{ ...freshBreaker }, undefined]);
    logger().info({ modelId }, "a model was let out of its rest by hand");
  }

  private ask(modelId: string, id: string, hasOwnKey: boolean, hasWaited: boolean): Promise<Leave> {
    return this.home.change(modelId, (state) =>
      enterBreaker(state, { id, nowMs: this.now(), hasWaited, hasOwnKey }),
    );
  }

  private makePass(modelId: string, id: string, hasOwnKey: boolean): Pass {
    let isSettled = false;
    const report = (verdict: Verdict, code?: ErrorCode) => {
      if (isSettled) return;
      isSettled = verdict !== "headers";
      void this.report(modelId, id, hasOwnKey, verdict, code);
    };
    return {
      gotHeaders: () => {
        report("headers");
      },
      settle: report,
    };
  }

  private async report(
    modelId: string,
    id: string,
    hasOwnKey: boolean,
    verdict: Verdict,
    code: ErrorCode | null = null,
  ): Promise<void> {
    const nowMs = this.now();
    const state = tidy(this.home.peek(modelId), nowMs);
    const isGood = verdict === "headers" || verdict === "answered" || verdict === "none";
    if (isGood && isQuiet(state, nowMs)) {
      if (verdict === "answered") this.countUntold(modelId, nowMs);
      return;
    }
    const answersBefore = this.takeUntold(modelId, nowMs);
    const random = this.random();
    const change = await this.home.change(modelId, (from) =>
      settleBreaker(from, { id, verdict, nowMs, answersBefore, hasOwnKey, random }),
    );
    if (change === "opened") {
      logger().warn({ modelId, verdict }, "a model fails, and rests");
      this.onOpened(modelId, code);
    }
    if (change === "closed") logger().info({ modelId }, "a model works again");
  }

  private countUntold(modelId: string, nowMs: number): void {
    const { count, sinceMs } = this.untold.get(modelId) ?? { count: 0, sinceMs: nowMs };
    // Roughly the last minute; who is asked this often is not opened by a few failures.
    const isOld = nowMs - sinceMs > breakerPolicy.slotMs * breakerPolicy.slots;
    this.untold.set(modelId, isOld ? { count: 1, sinceMs: nowMs } : { count: count + 1, sinceMs });
  }

  private takeUntold(modelId: string, nowMs: number): number {
    const untold = this.untold.get(modelId);
    if (untold === undefined) return 0;
    this.untold.delete(modelId);
    return nowMs - untold.sinceMs > breakerPolicy.slotMs * breakerPolicy.slots ? 0 : untold.count;
  }

  private hearOf(modelId: string) {
    const heard = Promise.withResolvers<undefined>();
    const unlisten = this.home.listen(modelId, () => {
      heard.resolve(undefined);
    });
    return {
      end: unlisten,
      wait: async (ms: number, signal: AbortSignal) => {
        const stop = () => {
          heard.resolve(undefined);
        };
        const timer = setTimeout(stop, Math.max(0, ms));
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
        await heard.promise;
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
      },
    };
  }
}

/** What was asked for, unless the signal is aborted first; then what comes late is given back. */
async function unlessAborted<Value>(
  asked: Promise<Value>,
  signal: AbortSignal,
  giveBack: () => void,
): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => {
    void asked.then(giveBack);
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([asked, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
