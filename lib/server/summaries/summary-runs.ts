import "server-only";
import type { SummaryFailure } from "@/lib/contracts/context";
import { logger } from "../logger";
import { singleton } from "../singleton";

/** Makes a summary, and says when its first step is stored. */
type Work = (signal: AbortSignal, stepped: () => void) => Promise<void>;

/** What runs for a conversation in this process. Neither promise rejects. */
export type SummaryRun = { firstStep: Promise<void>; done: Promise<void> };

type Pause = { failures: number; turnsLeft: number; untilMs: number; needsThoughts: boolean };

const pauseTurns = 2;
const pauseMs = 60_000;
const longestFactor = 8;
const mostPauses = 1_000;

/**
 * The summaries that this process makes, and which conversations it leaves alone for a while since
 * making one failed: the next two turns or a minute, and longer each time it fails again.
 */
export class SummaryRuns {
  private readonly runs = new Map<string, SummaryRun>();
  private readonly tracked = new Set<Promise<unknown>>();
  private readonly pauses = new Map<string, Pause>();
  private readonly stopping = new AbortController();

  /** Begins, unless one is under way for this conversation: then that one is returned. */
  start(conversationId: string, work: Work): SummaryRun {
    const running = this.runs.get(conversationId);
    if (running !== undefined) return running;
    const stepped = Promise.withResolvers<undefined>();
    const step = () => {
      stepped.resolve(undefined);
    };
    const done = work(this.stopping.signal, step)
      .catch((error: unknown) => {
        logger().error({ error, conversationId }, "a summary broke off");
      })
      .finally(() => {
        this.runs.delete(conversationId);
        step();
      });
    const run = { firstStep: stepped.promise, done };
    this.runs.set(conversationId, run);
    return run;
  }

  /** Runs what somebody waits for; a stop of the server ends it too. */
  track<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const done = work(this.stopping.signal);
    const settled = done.then(
      () => undefined,
      () => undefined,
    );
    this.tracked.add(settled);
    void settled.then(() => this.tracked.delete(settled));
    return done;
  }

  /** Whether a conversation is to be left alone. */
  isPaused(conversationId: string): boolean {
    const pause = this.pauses.get(conversationId);
    return pause !== undefined && pause.turnsLeft > 0 && Date.now() < pause.untilMs;
  }

  /** Says that a turn went by. */
  noteTurn(conversationId: string): void {
    const pause = this.pauses.get(conversationId);
    if (pause !== undefined) pause.turnsLeft -= 1;
  }

  /** Whether the last attempt left no room for more than thoughts. */
  needsThoughts(conversationId: string): boolean {
    return this.pauses.get(conversationId)?.needsThoughts ?? false;
  }

  noteFailure(conversationId: string, reason: SummaryFailure | null): void {
    const before = this.pauses.get(conversationId);
    const factor = Math.min(longestFactor, 2 ** (before?.failures ?? 0));
    this.pauses.delete(conversationId);
    this.pauses.set(conversationId, {
      failures: (before?.failures ?? 0) + 1,
      turnsLeft: pauseTurns * factor,
      untilMs: Date.now() + pauseMs * factor,
      needsThoughts: reason === "cut" || reason === "reasoning",
    });
    const [oldest] = this.pauses.keys();
    if (this.pauses.size > mostPauses && oldest !== undefined) this.pauses.delete(oldest);
  }

  noteSuccess(conversationId: string): void {
    this.pauses.delete(conversationId);
  }

  /** Waits until nothing is under way. */
  async settle(): Promise<void> {
    const runs = [...this.runs.values()].map(({ done }) => done);
    await Promise.all([...runs, ...this.tracked]);
  }

  /** Ends what is under way, and waits until that is booked. */
  async close(): Promise<void> {
    this.stopping.abort(new Error("the server stops"));
    await this.settle();
  }
}

/** Those of this process. */
export function summaryRuns(): SummaryRuns {
  return singleton("summary-runs", () => new SummaryRuns());
}
