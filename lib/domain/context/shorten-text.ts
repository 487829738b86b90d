import type { Ruler } from "../tokens/ruler";
import { sumCounts } from "../tokens/sum-counts";
import { takeHead, takeTail, type TextPart } from "./cut-text";
import { findLanguage } from "./find-language";

/** What of a text is kept when it is too long. */
export type Keeps = "head_and_tail" | "tail";

const headShare = 0.6;
/** What pieces may take more together than each by itself. */
const seamTokens = 6;
/** The least that is worth keeping of a text. */
const leastTokens = 48;

const marks = {
  en: (tokens: string) => `[… about ${tokens} tokens left out …]`,
  zh: (tokens: string) => `[……此处省略约 ${tokens} 个 token……]`,
};

/**
 * Shortens a text to at most so many tokens, with a mark in its language where something is missing.
 * More tokens never keep less of it.
 *
 * @param tokens at least `findFloor`.
 * @param whole tokens of the whole text, more than that.
 */
export function shortenText(
  text: string,
  tokens: number,
  whole: number,
  ruler: Ruler,
  keeps: Keeps = "head_and_tail",
): TextPart {
  const language = findLanguage(text);
  let room = Math.floor(tokens) - measureMark(language, ruler);
  for (;;) {
    const forHead = keeps === "tail" ? 0 : Math.floor(room * headShare);
    const head = takeHead(text, forHead, ruler);
    const tail = takeTail(text, room - forHead, ruler);
    const parts = [head, tail].filter((part) => part.text !== "");
    const kept =
      parts.length === 0 ? 0 : ruler.measure(sumCounts(parts.map(({ counts }) => counts)));
    const mark = marks[language](roundCount(Math.max(1, whole - kept)));
    const joint = [head.text, mark, tail.text].filter((part) => part !== "").join("\n\n");
    const seams = ruler.count(`\n\n${mark}\n\n`);
    const counts = sumCounts([seams, ...parts.map((part) => part.counts)]);
    const excess = ruler.measure(counts) - tokens;
    if (excess <= 0 || room <= 0) return { text: joint, counts };
    room -= excess;
  }
}

/** The fewest tokens that a text is shortened to; one that has fewer stays whole. */
export function findFloor(ruler: Ruler): number {
  return leastTokens + Math.max(measureMark("en", ruler), measureMark("zh", ruler));
}

function measureMark(language: "en" | "zh", ruler: Ruler): number {
  return ruler.measure(ruler.count(`\n\n${marks[language]("10,000,000")}\n\n`)) + seamTokens;
}

/** Two figures say enough, with commas as both languages write them. */
function roundCount(tokens: number): string {
  const step = 10 ** Math.max(0, String(Math.floor(tokens)).length - 2);
  const rounded = Math.round(tokens / step) * step;
  return String(rounded).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
