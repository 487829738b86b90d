import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { AnswerPart } from "@/lib/contracts/messages";

export type LiveDelta = { part: number; type: AnswerPart["type"]; delta: string };

/** What a reader of an answer sees, whoever writes it and wherever. */
export type FollowedAnswer = Pick<AnswerLog, "id" | "current" | "length" | "since" | "changed">;

type Current = {
  metadata: AnswerMetadata;
  /** Counts the changes of the metadata, so that readers can tell whether they have the last one. */
  version: number;
  /** When the metadata changed last, by performance.now(). */
  changedAtMs: number;
  isOver: boolean;
  /** Over without an end: nobody can say what became of it. */
  isLost: boolean;
};

/**
 * The log of an answer's deltas, which any number of readers follow at their own pace, each with
 * its own place in the log.
 */
export class AnswerLog {
  readonly id: string;
  private readonly log: LiveDelta[] = [];
  private readonly waiters = new Set<() => void>();
  private state: Current;

  constructor(id: string, metadata: AnswerMetadata) {
    this.id = id;
    this.state = {
      metadata,
      version: 0,
      changedAtMs: performance.now(),
      isOver: false,
      isLost: false,
    };
  }

  get current(): Current {
    return this.state;
  }

  /** How many deltas there are. */
  get length(): number {
    return this.log.length;
  }

  /** What came since a place in the log, merged as far as possible. */
  since(place: number): LiveDelta[] {
    return mergeDeltas(place === 0 ? this.log : this.log.slice(place));
  }

  /**
   * Resolves as soon as there is something after `place`, other metadata than `version`, or the
   * end; or when `signal` is aborted: the reader has left.
   */
  async changed(place: number, version: number, signal?: AbortSignal): Promise<void> {
    while (this.log.length <= place && this.state.version === version && !this.state.isOver) {
      if (signal?.aborted === true) return;
      await this.nextChange(signal);
    }
  }

  protected get last(): LiveDelta | undefined {
    return this.log.at(-1);
  }

  protected get hasWaiters(): boolean {
    return this.waiters.size > 0;
  }

  protected add(...deltas: LiveDelta[]): void {
    for (const delta of deltas) this.log.push(delta);
    this.wake();
  }

  protected update(change: Partial<Omit<Current, "version" | "changedAtMs">>): void {
    const { version } = this.state;
    this.state = {
      ...this.state,
      ...change,
      version: version + 1,
      changedAtMs: performance.now(),
    };
    this.wake();
  }

  private nextChange(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const proceed = () => {
        this.waiters.delete(proceed);
        signal?.removeEventListener("abort", proceed);
        resolve();
      };
      this.waiters.add(proceed);
      signal?.addEventListener("abort", proceed);
    });
  }

  private wake(): void {
    for (const proceed of [...this.waiters]) proceed();
  }
}

function mergeDeltas(deltas: readonly LiveDelta[]): LiveDelta[] {
  const merged: LiveDelta[] = [];
  for (let start = 0; start < deltas.length;) {
    const first = deltas[start];
    if (first === undefined) break;
    let end = start + 1;
    while (end < deltas.length && deltas[end]?.part === first.part) end += 1;
    const run = deltas.slice(start, end);
    merged.push(
      run.length === 1 ? first : { ...first, delta: run.map(({ delta }) => delta).join("") },
    );
    start = end;
  }
  return merged;
}
