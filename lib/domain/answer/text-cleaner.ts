import { cleanText } from "@/lib/contracts/text";

/**
 * Cleans text that comes in pieces. A character above U+FFFF may be cut in half by two deltas: its
 * first half waits for the second instead of becoming U+FFFD twice.
 */
export class TextCleaner {
  private half = "";

  /** @returns what of the text so far is clean and whole. */
  push(delta: string): string {
    const text = this.half + delta;
    const isCut = isHighSurrogate(text.charCodeAt(text.length - 1));
    this.half = isCut ? text.slice(-1) : "";
    return cleanText(isCut ? text.slice(0, -1) : text);
  }

  /** @returns what waited in vain. */
  end(): string {
    const { half } = this;
    this.half = "";
    return cleanText(half);
  }
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;
