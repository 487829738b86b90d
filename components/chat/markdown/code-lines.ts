import type { CodeLine } from "./highlight-messages";

/** A line without colours is its text. */
export type ShownLine = string | CodeLine;

/** Lines that are laid out, and compared, together. */
const groupLines = 40;
/** Of longer code the first lines are shown, until somebody wants the others. */
const longLines = 600;
const foldedLines = 200;
/** A line of this length is one word to a browser, and laid out as one. */
const longestLine = 5_000;
const longestCode = 120_000;

/** Whether code is too long, or has too long a line, to be more than plain text. */
export function isCodeTooHeavy(code: string): boolean {
  if (code.length > longestCode) return true;
  let start = 0;
  while (code.length - start > longestLine) {
    const end = code.lastIndexOf("\n", start + longestLine);
    if (end < start) return true;
    start = end + 1;
  }
  return false;
}

export type Coloured = { code: string; lines: readonly CodeLine[] };

/** The lines of code, with the colours that are known; what was added since then has none. */
export function showLines(code: string, coloured: Coloured | null): readonly ShownLine[] {
  if (coloured === null || !code.startsWith(coloured.code)) return code.split("\n");
  const [first = "", ...rest] = code.slice(coloured.code.length).split("\n");
  const last = coloured.lines.at(-1);
  if (first === "" || last === undefined) return [...coloured.lines, ...rest];
  return [...coloured.lines.slice(0, -1), [...last, { text: first, color: null }], ...rest];
}

/** How many lines are shown before somebody asks for all of them. */
export function countFoldedLines(lines: readonly ShownLine[]): number {
  return lines.length > longLines ? foldedLines : lines.length;
}

/**
 * Lines in groups, each a box of its own. No group but the last ends with an empty line, since a
 * box does not show one at its end.
 */
export function groupCodeLines(lines: readonly ShownLine[]): readonly (readonly ShownLine[])[] {
  const groups: ShownLine[][] = [];
  let open: ShownLine[] = [];
  for (const line of lines) {
    open.push(line);
    if (open.length < groupLines || isEmpty(line)) continue;
    groups.push(open);
    open = [];
  }
  if (open.length > 0 || groups.length === 0) groups.push(open);
  return groups;
}

function isEmpty(line: ShownLine): boolean {
  return typeof line === "string" ? line === "" : line.every(({ text }) => text === "");
}
