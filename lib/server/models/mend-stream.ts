import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { EventMender } from "@/lib/domain/chat-completions/event-mender";
import type { StreamPiece } from "@/lib/domain/chat-completions/stream-piece";

// Deltas that come within this time after one that went out are joined. The browser paints no more
// often, and each hop behind costs the same for a long delta as for a short one.
const windowMs = 40;
// After the model's own word that it has finished, some servers keep the connection open.
const graceMs = 5_000;
// How long the rest of a finished body may take before its connection is given up.
const drainMs = 1_000;
// Bytes that one stream may bring before the others get their turn.
const sliceBytes = 16 * 1024;

/**
 * Mends a body of server-sent events: deltas go straight to their reader, since each hop of a pipe
 * costs more than the work; the few other events are the body that is returned. It never errors: a
 * body that breaks off ends with an event that says so, behind everything that came.
 */
export function mendStream(
  body: ReadableStreamDefaultReader<Uint8Array>,
  reader: PieceReader,
): ReadableStream<Uint8Array> {
  return new ReadableStream(new MendedBody(body, reader));
}

/** Who takes the pieces of a call's answers. */
export type PieceReader = {
  /** How many answers were asked for. */
  candidates: number;
  push: (pieces: StreamPiece[]) => void;
};

class MendedBody {
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();
  private readonly mender: EventMender;
  private window: NodeJS.Timeout | undefined;
  private grace: NodeJS.Timeout | undefined;
  private sentAtMs = Number.NEGATIVE_INFINITY;
  private isOver = false;

  constructor(
    private readonly body: ReadableStreamDefaultReader<Uint8Array>,
    private readonly reader: PieceReader,
  ) {
    this.mender = new EventMender(reader.candidates);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    void this.run(controller);
  }

  cancel(): void {
    this.end();
    void this.body.cancel().catch(() => undefined);
  }

  private async run(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    let leftBytes = sliceBytes;
    try {
      for (;;) {
        const { done, value } = await this.body.read();
        if (this.hasEnded()) return;
        if (done) break;
        const isUrgent = this.mender.push(this.decoder.decode(value, { stream: true }));
        if (this.mender.isOver) break;
        this.send(controller, isUrgent);
        leftBytes -= value.byteLength;
        if (leftBytes > 0) continue;
        leftBytes = sliceBytes;
        await nextTurn();
        if (this.hasEnded()) return;
      }
      this.mender.push(this.decoder.decode());
      this.mender.end();
    } catch (error) {
      if (this.hasEnded()) return;
      this.mender.end(findCode(error));
    }
    this.finish(controller);
  }

  private send(controller: ReadableStreamDefaultController<Uint8Array>, isUrgent: boolean): void {
    if (this.mender.hasFinished)
      this.grace ??= setTimeout(() => {
        this.finish(controller);
      }, graceMs).unref();
    if (!this.mender.hasNews) return;
    const dueInMs = this.sentAtMs + windowMs - performance.now();
    if (isUrgent || dueInMs <= 0) this.flush(controller);
    else
      this.window ??= setTimeout(() => {
        this.flush(controller);
      }, dueInMs);
  }

  private flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    clearTimeout(this.window);
    this.window = undefined;
    this.sentAtMs = performance.now();
    const pieces = this.mender.takePieces();
    if (pieces.length > 0) this.reader.push(pieces);
    const events = this.mender.takeEvents();
    if (events !== "") controller.enqueue(this.encoder.encode(events));
  }

  private finish(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.isOver) return;
    this.end();
    this.flush(controller);
    controller.close();
    void this.drain();
  }

  private hasEnded(): boolean {
    return this.isOver;
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.window);
    clearTimeout(this.grace);
  }

  /** Reads what little may follow, so that the connection can serve again. */
  private async drain(): Promise<void> {
    const timer = setTimeout(() => void this.body.cancel().catch(() => undefined), drainMs).unref();
    try {
      while (!(await this.body.read()).done);
    } catch {
      // It is broken; there is nothing to keep.
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What the network calls the end of a body that broke off. */
function findCode(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (typeof code !== "string") continue;
    // zlib's: a body whose compression is broken.
    return code.startsWith("Z_") ? "DAMAGED_STREAM" : code;
  }
  return "ECONNRESET";
}
