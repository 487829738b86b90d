import type { AnswerDelta } from "../answer/think-tags";
import { strongerReason, type FinishReason } from "./finish-reason";
import type { ChoiceFacts } from "./read-event";
import type { StreamPiece } from "./stream-piece";

/** Joins what one candidate brings, until it is taken, and knows how it ended. */
export class CandidateMender {
  finish: FinishReason | null = null;
  private pieces: StreamPiece[] = [];
  private heldType: AnswerDelta["type"] = "text";
  private held: string[] = [];
  private hasToolCall = false;
  private readonly mark: { candidate?: number };

  constructor(candidate: number) {
    this.mark = candidate === 0 ? {} : { candidate };
  }

  get hasNews(): boolean {
    return this.held.length > 0 || this.pieces.length > 0;
  }

  /** @returns how it ended, if this says so anew. */
  push(facts: ChoiceFacts): FinishReason | null {
    if (facts.reasoning !== "") this.hold("reasoning", facts.reasoning);
    if (facts.text !== "") this.hold("text", facts.text);
    if (facts.hasToolCall) this.hasToolCall = true;
    return facts.finish === null ? null : this.takeFinish(facts.finish);
  }

  take(): StreamPiece[] {
    this.closeHeld();
    const { pieces } = this;
    this.pieces = [];
    return pieces;
  }

  /** Tells its end among its pieces. */
  tellFinish(reason: FinishReason): void {
    this.closeHeld();
    this.pieces.push({ type: "finish", reason, ...this.mark });
  }

  private takeFinish(reason: FinishReason): FinishReason | null {
    const stronger = strongerReason(
      this.finish,
      // Some servers say `stop` where they asked for a tool.
      reason === "stop" && this.hasToolCall ? "tool_calls" : reason,
    );
    if (stronger === this.finish) return null;
    this.finish = stronger;
    return stronger;
  }

  private hold(type: AnswerDelta["type"], text: string): void {
    if (type !== this.heldType) this.closeHeld();
    this.heldType = type;
    this.held.push(text);
  }

  private closeHeld(): void {
    if (this.held.length === 0) return;
    const delta = this.held.length === 1 ? (this.held[0] ?? "") : this.held.join("");
    this.held = [];
    this.pieces.push({ type: this.heldType, delta, ...this.mark });
  }
}
