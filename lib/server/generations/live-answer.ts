import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { MessagePart } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";

export type AbortBy = "user_stop" | "shutdown";

/** The reason that a live answer's signal carries. Not an error of anybody's. */
export class AnswerAbort extends Error {
  override name = "AnswerAbort";
  readonly by: AbortBy;

  constructor(by: AbortBy) {
    super(by);
    this.by = by;
  }
}

export type LiveDelta = { part: number; type: MessagePart["type"]; delta: string };

/**
 * An answer that is being written: the log of its deltas, which any number of readers follow at
 * their own pace, each with its own place in the log. It belongs to the server; readers may come
 * and go, and only `abort` ends it early.
 */
export class LiveAnswer {
  readonly id: string;
  readonly conversationId: string;
  readonly generationId: string;
  readonly actor: Actor;
  readonly startedAtMs = performance.now();
  firstTokenAt: Date | null = null;
  private readonly log: LiveDelta[] = [];
  private readonly abortController = new AbortController();
  private metadata: AnswerMetadata;
  private partCount = 0;
  private isOver = false;
  private waiters: (() => void)[] = [];

  constructor(ids: {
    id: string;
    conversationId: string;
    generationId: string;
    actor: Actor;
    metadata: AnswerMetadata;
  }) {
    this.id = ids.id;
    this.conversationId = ids.conversationId;
    this.generationId = ids.generationId;
    this.actor = ids.actor;
    this.metadata = ids.metadata;
  }

  get signal(): AbortSignal {
    return this.abortController.signal;
  }

  /** How many deltas there are; tells whether something is new since a checkpoint. */
  get length(): number {
    return this.log.length;
  }

  get current(): { metadata: AnswerMetadata; isOver: boolean } {
    return { metadata: this.metadata, isOver: this.isOver };
  }

  append(type: MessagePart["type"], delta: string): void {
    if (delta === "" || this.isOver) return;
    this.firstTokenAt ??= new Date();
    if (this.log.at(-1)?.type !== type) this.partCount += 1;
    this.log.push({ part: this.partCount - 1, type, delta });
    this.wake();
  }

  /** Says how it ended; readers get what is left and then the end. */
  end(metadata: AnswerMetadata): void {
    this.metadata = metadata;
    this.isOver = true;
    this.wake();
  }

  abort(by: AbortBy): void {
    this.abortController.abort(new AnswerAbort(by));
  }

  /** The text so far, as message parts. */
  parts(): MessagePart[] {
    return mergeDeltas(this.log).map(({ type, delta }) => ({ type, text: delta }));
  }

  /** What came since a place in the log, merged as far as possible. */
  since(place: number): LiveDelta[] {
    return mergeDeltas(place === 0 ? this.log : this.log.slice(place));
  }

  /** Resolves as soon as there is something after `place`, or the end. */
  async changed(place: number): Promise<void> {
    while (this.log.length <= place && !this.isOver) {
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  private wake(): void {
    if (this.waiters.length === 0) return;
    const { waiters } = this;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  }
}

function mergeDeltas(deltas: readonly LiveDelta[]): LiveDelta[] {
  const merged: LiveDelta[] = [];
  for (let start = 0; start < deltas.length;) {
    const first = deltas[start];
    if (first === undefined) break;
    let end = start + 1;
    while (end < deltas.length && deltas[end]?.part === first.part) end += 1;
    merged.push(
      end === start + 1
        ? first
        : {
            ...first,
            delta: deltas
              .slice(start, end)
              .map(({ delta }) => delta)
              .join(""),
          },
    );
    start = end;
  }
  return merged;
}
