import { TextCleaner } from "./text-cleaner";
import { ThinkTagSplitter, type AnswerDelta } from "./think-tags";

/** Characters of one answer, thoughts included; what goes on after that is no answer any more. */
export const longestAnswer = 2_000_000;

/** Makes of a provider's deltas what may be shown and stored: clean, bounded, thoughts apart. */
export class AnswerReader {
  private readonly text = new TextCleaner();
  private readonly reasoning = new TextCleaner();
  private readonly thinkTags = new ThinkTagSplitter();
  private leftCharacters: number;

  constructor(mostCharacters = longestAnswer) {
    this.leftCharacters = mostCharacters;
  }

  /** Whether the answer has reached its bound; the rest is not read. */
  get isFull(): boolean {
    return this.leftCharacters <= 0;
  }

  push({ type, delta }: AnswerDelta): AnswerDelta[] {
    const fitting = delta.slice(0, this.leftCharacters);
    this.leftCharacters -= fitting.length;
    if (type === "text") return this.thinkTags.push(this.text.push(fitting));
    return toDeltas("reasoning", this.reasoning.push(fitting));
  }

  /** What was still held back when the answer ends. */
  end(): AnswerDelta[] {
    const reasoning = toDeltas("reasoning", this.reasoning.end());
    return [...reasoning, ...this.thinkTags.push(this.text.end()), ...this.thinkTags.end()];
  }
}

const toDeltas = (type: AnswerDelta["type"], delta: string): AnswerDelta[] =>
  delta === "" ? [] : [{ type, delta }];
