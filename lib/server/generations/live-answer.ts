import "server-only";
import type { AnswerMetadata, RetryNotice } from "@/lib/contracts/chat";
import type { StoredPlan } from "@/lib/contracts/context";
import type { AnswerPart, Failover } from "@/lib/contracts/messages";
import type { Actor } from "@/lib/domain/actor";
import { AnswerLog } from "./answer-log";

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

/**
 * An answer that this process writes. It belongs to the server; readers may come and go, and only
 * `abort` ends it early.
 */
export class LiveAnswer extends AnswerLog {
  readonly conversationId: string;
  readonly generationId: string;
  readonly actor: Actor;
  /** How much of the log was there before: the text of an answer that goes on. */
  readonly continuedLength: number;
  /** Tokens of the prompt by our own count; null until it is planned. */
  inputTokens: number | null = null;
  private readonly abortController = new AbortController();
  /** The part that text goes on in, where an earlier text is continued. */
  private readonly continuedPart: number | null;
  private partCount = 0;

  constructor(given: {
    id: string;
    conversationId: string;
    generationId: string;
    actor: Actor;
    metadata: AnswerMetadata;
    /** What there is already of an answer that goes on. */
    parts?: readonly AnswerPart[];
  }) {
    super(given.id, given.metadata);
    this.conversationId = given.conversationId;
    this.generationId = given.generationId;
    this.actor = given.actor;
    const parts = given.parts ?? [];
    this.add(...parts.map(({ type, text }, part) => ({ part, type, delta: text })));
    this.continuedLength = parts.length;
    this.partCount = parts.length;
    const textAt = parts.findLastIndex(({ type }) => type === "text");
    this.continuedPart = textAt < 0 ? null : textAt;
  }

  get signal(): AbortSignal {
    return this.abortController.signal;
  }

  append(type: AnswerPart["type"], delta: string): void {
    if (delta === "" || this.current.isOver) return;
    this.add({ part: this.partOf(type), type, delta });
  }

  /** Says that the gate waits before another try, or no longer does (null). */
  setRetry(retry: RetryNotice | null): void {
    const { isOver, metadata } = this.current;
    if (isOver || (metadata.retry ?? null) === retry) return;
    this.update({ metadata: { ...metadata, retry } });
  }

  /** Says which model writes it, why that is not the first of its alias, and what it is sent. */
  setAsked(asked: { model: string; failover: Failover | null; plan: StoredPlan | null }): void {
    const { isOver, metadata } = this.current;
    if (!isOver) this.update({ metadata: { ...metadata, ...asked } });
  }

  /** Says that a summary is being made first, or no longer is. */
  setSummarising(isSummarising: boolean): void {
    const { isOver, metadata } = this.current;
    if (!isOver) this.update({ metadata: { ...metadata, isSummarising } });
  }

  /** Says how it ended; readers get what is left and then the end. */
  end(metadata: AnswerMetadata): void {
    this.update({ metadata, isOver: true });
  }

  abort(by: AbortBy): void {
    this.abortController.abort(new AnswerAbort(by));
  }

  /** The text so far, as message parts. */
  parts(): AnswerPart[] {
    const parts: AnswerPart[] = [];
    for (const { part, type, delta } of this.since(0)) {
      const before = parts[part];
      parts[part] =
        before === undefined ? { type, text: delta } : { type, text: before.text + delta };
    }
    return parts;
  }

  private partOf(type: AnswerPart["type"]): number {
    if (type === "text" && this.continuedPart !== null) return this.continuedPart;
    const { last } = this;
    if (last?.type === type) return last.part;
    this.partCount += 1;
    return this.partCount - 1;
  }
}
