import { CandidateMender } from "./candidate-mender";
import type { FinishReason } from "./finish-reason";
import { parseJson, type Json } from "./json";
import { readEvent, type ChoiceFacts, type EventFacts } from "./read-event";
import type { StreamPiece } from "./stream-piece";

/** The `type` of errors that are our own word about a stream, with a code of the network's kind. */
export const ownErrorType = "parley";

// A line of an event stream is one delta or one short report; what is longer is no such stream.
const longestLine = 8 * 1024 * 1024;

/**
 * Reads a body of server-sent events in whatever dialect: one odd figure must not cost the user the
 * answer. Out come the deltas, those that arrive together as one, and the few other events in the
 * form that a strict reader takes. Nothing of the other events overtakes a delta.
 */
export class EventMender {
  private readonly lineParts: string[] = [];
  private lineLength = 0;
  private fragment = "";
  private out = "";
  private readonly candidates: readonly CandidateMender[];
  private hasFailed = false;
  private hasSeenData = false;
  private isComplete = false;

  /** @param count of the candidates that were asked for; others are not read. */
  constructor(count = 1) {
    this.candidates = Array.from({ length: count }, (_, index) => new CandidateMender(index));
  }

  /** Nothing more is to come: the last line was there, or the stream is damaged. */
  get isOver(): boolean {
    return this.isComplete || this.hasFailed;
  }

  /** The model said that it has finished every candidate, though more reports may follow. */
  get hasFinished(): boolean {
    return this.candidates.every(({ finish }) => finish !== null);
  }

  /** Whether there is something to take. */
  get hasNews(): boolean {
    return this.out !== "" || this.candidates.some(({ hasNews }) => hasNews);
  }

  /** Takes the next piece. @returns whether it brought something that must not wait: no delta. */
  push(piece: string): boolean {
    let start = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", start)) {
      this.lineParts.push(piece.slice(start, end));
      this.endLine();
      start = end + 1;
    }
    if (start < piece.length) {
      this.lineParts.push(start === 0 ? piece : piece.slice(start));
      this.lineLength += piece.length - start;
      if (this.lineLength > longestLine) this.fail("NOT_A_STREAM");
    }
    return this.out !== "";
  }

  /** Says that the body has ended, in order or with an error of this code. */
  end(brokenCode: string | null = null): void {
    this.endLine();
    if (brokenCode === null) {
      if (this.fragment !== "") this.fail("DAMAGED_STREAM");
      if (!this.hasSeenData) this.fail("NOT_A_STREAM");
    } else if (!this.hasFinished) this.fail(brokenCode);
  }

  /** The pieces of answers so far that were not taken yet. */
  takePieces(): StreamPiece[] {
    const [only] = this.candidates;
    return this.candidates.length === 1 && only !== undefined
      ? only.take()
      : this.candidates.flatMap((candidate) => candidate.take());
  }

  /** The other events so far that were not taken yet, as server-sent events. */
  takeEvents(): string {
    const { out } = this;
    this.out = "";
    return out;
  }

  private endLine(): void {
    const line = this.lineParts.length === 1 ? (this.lineParts[0] ?? "") : this.lineParts.join("");
    this.lineParts.length = 0;
    this.lineLength = 0;
    if (this.isOver) return;
    const trimmed = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (trimmed.startsWith("data:")) this.takeData(trimmed.slice(5).trim());
    else if (trimmed === "" && this.fragment !== "") this.fail("DAMAGED_STREAM");
  }

  private takeData(data: string): void {
    if (data === "") return;
    if (data === "[DONE]") {
      this.hasSeenData = true;
      this.isComplete = true;
      return;
    }
    // One event may be spread over several lines of data; most servers never do that.
    const whole = this.fragment === "" ? data : `${this.fragment}\n${data}`;
    const event = parseJson(whole);
    if (event === undefined) {
      this.fragment = whole;
      return;
    }
    this.fragment = "";
    this.hasSeenData = true;
    const facts = readEvent(event);
    if (facts !== null) this.takeFacts(facts);
  }

  private takeFacts(facts: EventFacts): void {
    for (const choice of facts.choices) this.takeChoice(choice);
    if (facts.error !== null) {
      this.hasFailed = true;
      this.write({ error: facts.error });
      return;
    }
    if (facts.usage !== null) this.write({ choices: [], usage: facts.usage });
  }

  private takeChoice(choice: ChoiceFacts): void {
    const candidate = this.candidates[choice.candidate];
    const finish = candidate?.push(choice) ?? null;
    if (candidate === undefined || finish === null) return;
    if (this.candidates.length > 1) candidate.tellFinish(finish);
    // A reader of one answer is left to hear how the first one ended.
    if (choice.candidate === 0) this.writeFinish(finish);
  }

  private writeFinish(reason: FinishReason): void {
    this.write({ choices: [{ delta: {}, finish_reason: reason }] });
  }

  private fail(code: string): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.write({ error: { message: "", type: ownErrorType, code } });
  }

  private write(event: Json): void {
    this.out += `data: ${JSON.stringify(event)}\n\n`;
  }
}
