import "server-only";
import type { AnswerDelta } from "@/lib/domain/answer/think-tags";

/** The deltas of one answer, from who reads the provider to who writes the answer. */
export class DeltaQueue {
  private waiting: AnswerDelta[] = [];
  private isClosed = false;
  private wake: () => void = () => undefined;

  push(deltas: readonly AnswerDelta[]): void {
    this.waiting.push(...deltas);
    this.wake();
  }

  /** Says that nothing more comes; what waits can still be taken. */
  close(): void {
    this.isClosed = true;
    this.wake();
  }

  /** Waits for the next deltas; null when there are no more. */
  async next(): Promise<AnswerDelta[] | null> {
    while (this.waiting.length === 0) {
      if (this.isClosed) return null;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const { waiting } = this;
    this.waiting = [];
    return waiting;
  }
}
