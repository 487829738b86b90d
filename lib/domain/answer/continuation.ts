import { findOverlaps, RepeatJudge } from "./overlap";

// How far back a model is looked for when it says its last words again.
const tailCharacters = 4_000;

/**
 * Joins what a model goes on with to the answer that was cut. Asked to continue, models often say
 * the last words once more, or begin from the start. What comes is held back while it is found in
 * what there was; as soon as it differs, the longest repetition at the seam is dropped and the rest
 * let through. White space at the seam does not matter. Time is linear, and no more is held than
 * there was.
 */
export class ContinuationJoiner {
  /** The answer without white space around it, and its end. */
  private readonly whole: string;
  private readonly tail: string;
  /** Characters of white space at the answer's end, which a repetition brings once more. */
  private trailing: number;
  /** White space before what comes. */
  private lead = "";
  /** What came, while it is not clear what of it is new. */
  private held = "";
  /** Where in the tail the held text is found; -1 when it is not. */
  private tailAt = 0;
  /** Whether what came is the answer from its very start. */
  private isRestart = true;
  private state: "held" | "after-repeat" | "open";

  /** @param before the text of the answer that was cut. */
  constructor(before: string) {
    this.whole = before.trim();
    this.tail = this.whole.slice(-tailCharacters);
    this.trailing = before.length - before.trimEnd().length;
    this.state = this.whole === "" ? "open" : "held";
  }

  /** Takes the next delta. @returns what of it may be shown. */
  push(delta: string): string {
    if (this.state === "open") return delta;
    if (this.state === "after-repeat") return this.skipTrailing(delta);
    const text = this.held === "" ? delta.trimStart() : delta;
    this.lead += delta.slice(0, delta.length - text.length);
    const length = this.held.length;
    this.held += text;
    this.isRestart &&= this.whole.startsWith(text.slice(0, this.whole.length - length), length);
    this.followTail(text, length);
    const isKnown = this.isRestart && this.held.length < this.whole.length;
    return isKnown || this.tailAt >= 0 ? "" : this.decide();
  }

  /** @returns what was still held back. */
  end(): string {
    return this.state === "held" ? this.decide() : "";
  }

  private followTail(text: string, length: number): void {
    if (this.tailAt < 0 || this.tail.startsWith(text, this.tailAt + length)) return;
    // A longer text is never found before a shorter one, so that the search only goes on.
    this.tailAt = this.tail.indexOf(this.held, this.tailAt);
  }

  private decide(): string {
    const { held, lead } = this;
    this.held = "";
    const judge = new RepeatJudge(this.whole, held);
    const overlaps = findOverlaps(this.tail, held);
    if (this.isRestart && held.length >= this.whole.length) overlaps.unshift(this.whole.length);
    const repeated = overlaps.find((length) => judge.isRepeat(length));
    if (repeated === undefined) {
      this.state = "open";
      return lead + held;
    }
    this.state = "after-repeat";
    return this.skipTrailing(held.slice(repeated));
  }

  private skipTrailing(text: string): string {
    let start = 0;
    for (; this.trailing > 0 && /^\s$/.test(text.charAt(start)); start += 1) this.trailing -= 1;
    if (start < text.length || this.trailing === 0) this.state = "open";
    return text.slice(start);
  }
}
