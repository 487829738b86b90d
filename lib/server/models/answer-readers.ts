import "server-only";
import { AnswerReader } from "@/lib/domain/answer/answer-reader";
import type { AnswerFinish } from "@/lib/domain/answer/outcome";
import type { AnswerDelta } from "@/lib/domain/answer/think-tags";
import type { FinishReason } from "@/lib/domain/chat-completions/finish-reason";
import type { StreamPiece } from "@/lib/domain/chat-completions/stream-piece";
import { AppError } from "@/lib/domain/errors/app-error";
import type { ModelEvent } from "./model-call";

/** Reads the answers of one request: mostly one, or several side by side. */
export class AnswerReaders {
  private readonly readers: AnswerReader[];
  private readonly finishes: (FinishReason | undefined)[] = [];

  constructor(candidates: number) {
    this.readers = Array.from({ length: candidates }, () => new AnswerReader());
  }

  /** Whether all have reached their bound. */
  get areFull(): boolean {
    return this.readers.every(({ isFull }) => isFull);
  }

  push(piece: StreamPiece): ModelEvent[] {
    const { candidate = 0 } = piece;
    if (piece.type !== "finish")
      return this.mark(candidate, this.readers[candidate]?.push(piece) ?? []);
    this.finishes[candidate] = piece.reason;
    return [];
  }

  /** What was still held back when the request ends. */
  end(): ModelEvent[] {
    return this.readers.flatMap((reader, candidate) => this.mark(candidate, reader.end()));
  }

  /**
   * How each of them ended.
   *
   * @param only how an only one did; of several each has said it itself
   * @throws AppError `provider_failed` behind those that ended well, when the provider gave one up.
   */
  *finish(only: string | undefined): Generator<ModelEvent, void, undefined> {
    if (this.readers.length === 1) this.finishes[0] = only as FinishReason | undefined;
    let hasFailed = false;
    for (const [candidate, reader] of this.readers.entries()) {
      const reason = reader.isFull ? "length" : this.finishes[candidate];
      if (reason === "error") hasFailed = true;
      else yield this.tellFinish(candidate, reason);
    }
    if (hasFailed) throw new AppError("provider_failed");
  }

  /** Those of several that had said their end before the request failed. */
  *finishedOnes(): Generator<ModelEvent, void, undefined> {
    for (const [candidate, reason] of this.finishes.entries())
      if (reason !== undefined && reason !== "error") yield this.tellFinish(candidate, reason);
  }

  private tellFinish(candidate: number, reason: FinishReason | undefined): ModelEvent {
    const event: ModelEvent = { type: "finish", reason: toFinish(reason) };
    return this.readers.length === 1 ? event : { ...event, candidate };
  }

  private mark(candidate: number, deltas: AnswerDelta[]): ModelEvent[] {
    if (this.readers.length === 1) return deltas;
    return deltas.map((delta) => ({ ...delta, candidate }));
  }
}

// The reason as the mender of the stream has put it, not as the SDK maps it: there a refusal is a
// filter, and what it does not know is no end.
function toFinish(reason: FinishReason | undefined): AnswerFinish {
  switch (reason) {
    case undefined:
      return "none";
    case "stop":
    case "length":
      return reason;
    case "content_filter":
      return "content-filter";
    case "tool_calls":
      return "tool-calls";
    default:
      return "other";
  }
}
