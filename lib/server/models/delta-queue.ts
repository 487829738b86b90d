import "server-only";
import type { StreamPiece } from "@/lib/domain/chat-completions/stream-piece";

/** The pieces of a call's answers, from who reads the provider to who writes the answer. */
export class DeltaQueue {
  private waiting: StreamPiece[] = [];
  private isClosed = false;
  private wake: () => void = () => undefined;

  push(pieces: readonly StreamPiece[]): void {
    this.waiting.push(...pieces);
    this.wake();
  }

  /** Says that nothing more comes; what waits can still be taken. */
  close(): void {
    this.isClosed = true;
    this.wake();
  }

  /** Waits for the next pieces; null when there are no more. */
  async next(): Promise<StreamPiece[] | null> {
    while (this.waiting.length === 0) {
      if (this.isClosed) return null;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }
}
