import "server-only";
import type { AnswerMetadata, RetryNotice } from "@/lib/contracts/chat";
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
  private readonly log: LiveDelta[] = [];
  private readonly abortController = new AbortController();
  private metadata: AnswerMetadata;
  /** Counts the changes of the metadata, so that readers can tell whether they have the last one. */
  private version = 0;
  /** The part that text goes on in, where an earlier text is continued. */
  private readonly continuedPart: number | null;
  private partCount = 0;
  private isOver = false;
  private waiters: (() => void)[] = [];

  constructor(ids: {
    id: string;
    conversationId: string;
    generationId: string;
    actor: Actor;
    metadata: AnswerMetadata;
    /** What there is already of an answer that goes on. */
    parts?: readonly MessagePart[];
  }) {
    this.id = ids.id;
    this.conversationId = ids.conversationId;
    this.generationId = ids.generationId;
    this.actor = ids.actor;
    this.metadata = ids.metadata;
    const parts = ids.parts ?? [];
    this.log.push(...parts.map(({ type, text }, part) => ({ part, type, delta: text })));
    this.partCount = parts.length;
    const textAt = parts.findLastIndex(({ type }) => type === "text");
    this.continuedPart = textAt < 0 ? null : textAt;
  }

  get signal(): AbortSignal {
    return this.abortController.signal;
  }

  /** How many deltas there are; tells whether something is new since a checkpoint. */
  get length(): number {
    return this.log.length;
  }

  get current(): { metadata: AnswerMetadata; version: number; isOver: boolean } {
    return { metadata: this.metadata, version: this.version, isOver: this.isOver };
  }

  append(type: MessagePart["type"], delta: string): void {
    if (delta === "" || this.isOver) return;
    this.log.push({ part: this.partOf(type), type, delta });
    this.wake();
  }

  /** Says that the gate waits before another try, or no longer does (null). */
  setRetry(retry: RetryNotice | null): void {
    if (this.isOver || (this.metadata.retry ?? null) === retry) return;
    this.metadata = { ...this.metadata, retry };
    this.version += 1;
    this.wake();
  }

  /** Says how it ended; readers get what is left and then the end. */
  end(metadata: AnswerMetadata): void {
    this.metadata = metadata;
    this.version += 1;
    this.isOver = true;
    this.wake();
  }

  abort(by: AbortBy): void {
    this.abortController.abort(new AnswerAbort(by));
  }

  /** The text so far, as message parts. */
  parts(): MessagePart[] {
    const parts: MessagePart[] = [];
    for (const { part, type, delta } of mergeDeltas(this.log)) {
      const before = parts[part];
      parts[part] =
        before === undefined ? { type, text: delta } : { type, text: before.text + delta };
    }
    return parts;
  }

  /** What came since a place in the log, merged as far as possible. */
  since(place: number): LiveDelta[] {
    return mergeDeltas(place === 0 ? this.log : this.log.slice(place));
  }

  /** Resolves as soon as there is something after `place`, other metadata than `version`, or the end. */
  async changed(place: number, version: number): Promise<void> {
    while (this.log.length <= place && this.version === version && !this.isOver) {
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  private partOf(type: MessagePart["type"]): number {
    if (type === "text" && this.continuedPart !== null) return this.continuedPart;
    const last = this.log.at(-1);
    if (last?.type === type) return last.part;
    this.partCount += 1;
    return this.partCount - 1;
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
