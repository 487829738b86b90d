/** Beyond these an answer is shown as plain text: setting it would hold up the page. */
const caps = {
  characters: 200_000,
  blocks: 4_000,
  nesting: 24,
  blockCharacters: 60_000,
  delimiters: 3_000,
  wordCharacters: 4_000,
  tableColumns: 60,
  tableCells: 6_000,
} as const;

const nestedQuote = new RegExp(`^[ \\t]*(?:>[ \\t]*){${String(caps.nesting)}}`, "m");
const nestedList = new RegExp(
  `^[ \\t]*(?:(?:[-*+]|\\d{1,9}[.)])[ \\t]+){${String(caps.nesting)}}`,
  "m",
);
const nestedIndent = new RegExp(
  `^(?: {${String(caps.nesting * 2)},}|\\t{${String(caps.nesting)},})(?:[-*+>]|\\d{1,9}[.)])`,
  "m",
);

/** Whether a whole text must not be parsed: too long, or nested so deeply that parsers overflow. */
export function isTextTooHeavy(text: string): boolean {
  if (text.length > caps.characters) return true;
  if (text.split("\n\n", caps.blocks + 1).length > caps.blocks) return true;
  return nestedQuote.test(text) || nestedList.test(text) || nestedIndent.test(text);
}

export function isBlockCountTooHigh(count: number): boolean {
  return count > caps.blocks;
}

const delimiter = /[*_~[\]<`$\\]/g;
const longWord = new RegExp(`[\\x21-\\x7e]{${String(caps.wordCharacters)}}`);

/**
 * Whether the inside of one block must not be parsed. Inline parsers compare every delimiter with
 * every other one, and every character of a long word with what an address may look like.
 */
export function isBlockTooHeavy(text: string): boolean {
  if (text.length > caps.blockCharacters || longWord.test(text)) return true;
  const bound = text.matchAll(delimiter);
  let count = 0;
  while (bound.next().done !== true) {
    count += 1;
    if (count > caps.delimiters) return true;
  }
  return false;
}

/** Whether a table has more cells than a browser lays out without a pause. */
export function isTableTooLarge(columns: number, rows: number): boolean {
  return columns > caps.tableColumns || columns * rows > caps.tableCells;
}
