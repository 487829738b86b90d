import type { TokenCounts } from "@/lib/contracts/context";
import type { Ruler } from "../tokens/ruler";
import { noCounts, sumCounts } from "../tokens/sum-counts";
import { findEnd, findStart } from "./find-cut";

// Texts are counted step by step until the budget is used up, so a giant costs what is kept of it.
const stepCharacters = 1_000;

/** A part of a text, and its tokens (rather a few more than it has in one piece). */
export type TextPart = { text: string; counts: TokenCounts };

/**
 * The longest beginning of a text that takes at most so many tokens, up to the end of a word or line
 * where one is near. More tokens never give less.
 */
export function takeHead(text: string, tokens: number, ruler: Ruler): TextPart {
  const part = (from: number, to: number) => text.slice(from, to);
  return take(text, tokens, ruler, part, (length) => findEnd(text, length));
}

/** The longest end of a text that takes at most so many tokens, from the start of a word or line. */
export function takeTail(text: string, tokens: number, ruler: Ruler): TextPart {
  const { length: total } = text;
  const part = (from: number, to: number) => text.slice(total - to, total - from);
  return take(text, tokens, ruler, part, (length) => total - findStart(text, total - length));
}

/**
 * @param part what lies between two distances from the side that is kept.
 * @param findPlace where to cut, given how many characters fit: there or somewhat before.
 */
function take(
  text: string,
  tokens: number,
  ruler: Ruler,
  part: (from: number, to: number) => string,
  findPlace: (length: number) => number,
): TextPart {
  const counted: TokenCounts[] = [];
  const countTo = (from: number, to: number) =>
    sumCounts([...counted, ruler.count(part(from, to))]);
  let from = 0;
  for (; tokens > 0 && from < text.length; from += stepCharacters) {
    const to = Math.min(text.length, from + stepCharacters);
    const whole = countTo(from, to);
    if (ruler.measure(whole) > tokens) break;
    counted.splice(0, 1, whole);
  }
  // The same steps for every budget, so that a larger one never ends before a smaller one.
  let [fits, tooMany] = [from, Math.min(text.length, from + stepCharacters)];
  while (tokens > 0 && tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (ruler.measure(countTo(from, middle)) <= tokens) fits = middle;
    else tooMany = middle;
  }
  const place = findPlace(Math.min(fits, text.length));
  if (place === 0) return { text: "", counts: noCounts };
  return { text: part(0, place), counts: place > from ? countTo(from, place) : sumCounts(counted) };
}
