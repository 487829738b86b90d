/** Beyond these a text is shown as it is: setting it would hold up the page. */
const caps = {
  characters: 200_000,
  blocks: 4_000,
  nesting: 24,
  blockCharacters: 60_000,
  blockLines: 2_000,
  delimiters: 4_000,
  runDelimiters: 600,
  wordCharacters: 4_000,
  tableColumns: 60,
  tableCells: 4_000,
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

/** Whether a text is nested so deeply that parsers overflow. */
export function isNestedTooDeep(text: string): boolean {
  return nestedQuote.test(text) || nestedList.test(text) || nestedIndent.test(text);
}

/**
 * Where the part of a text ends that is set; its whole length for all but very long ones. Ends
 * after a line, and stays where it is while the text grows.
 */
export function findSetEnd(text: string): number {
  if (text.length <= caps.characters) return text.length;
  return text.lastIndexOf("\n", caps.characters) + 1;
}

export function isBlockCountTooHigh(count: number): boolean {
  return count > caps.blocks;
}

/** Nothing inside of code is parsed, so that it may be long. */
export function isCode(raw: string): boolean {
  return /^ {0,3}(?:`{3,}|~{3,})/.test(raw);
}

/** Whether a block of so many characters is too heavy whatever is in it, code excepted. */
export function isTooLongForBlock(characters: number): boolean {
  return characters > caps.blockCharacters;
}

const delimiter = /[*_~[\]<`$\\@]/g;
const longWord = new RegExp(`[\\x21-\\x7e]{${String(caps.wordCharacters)}}`);
/** What begins a text of its own, which is parsed apart from the one before it. */
const runStart = /^[ \t]*(?:$|[-*+>#|]|\d{1,9}[.)])/;

/**
 * Whether the inside of one block must not be parsed. Inline parsers compare every delimiter of a
 * text with every other one, and every character of a long word with what an address may look like.
 */
export function isBlockTooHeavy(text: string): boolean {
  if (text.length > caps.blockCharacters || longWord.test(text)) return true;
  const lines = text.split("\n", caps.blockLines + 1);
  if (lines.length > caps.blockLines) return true;
  let count = 0;
  let run = 0;
  for (const line of lines) {
    const inLine = countDelimiters(line);
    run = runStart.test(line) ? inLine : run + inLine;
    count += inLine;
    if (run > caps.runDelimiters || count > caps.delimiters) return true;
  }
  return false;
}

function countDelimiters(line: string): number {
  return line.match(delimiter)?.length ?? 0;
}

/** Whether a table has more cells than a browser lays out without a pause. */
export function isTableTooLarge(columns: number, rows: number): boolean {
  return columns > caps.tableColumns || columns * rows > caps.tableCells;
}
