import type { TokenizerAndRendererExtension, Tokens } from "marked";

export type MathToken = Tokens.Generic & { type: "math"; text: string; isBlock: boolean };

const blocks = [
  /^ {0,3}\$\$[ \t]*\n?([\s\S]+?)\n?[ \t]*\$\$[ \t]*(?:\n+|$)/,
  /^ {0,3}\\\[[ \t]*\n?([\s\S]+?)\n?[ \t]*\\\][ \t]*(?:\n+|$)/,
];

const inlines: readonly [pattern: RegExp, isBlock: boolean][] = [
  // Two dollars within a sentence are a formula within a sentence.
  [/^\$\$([^$]+?)\$\$/, false],
  [/^\\\[([\s\S]+?)\\\]/, true],
  [/^\\\(([\s\S]+?)\\\)/, false],
  // As Pandoc has it, so that "$5 and $10" stays money: no space inside, no digit after it.
  [/^\$(?![\s$])((?:\\.|[^\\$\n])*?[^\s\\$]|[^\s\\$])\$(?![\d$])/, false],
];

/** Formulas between dollars or backslashed brackets, on lines of their own. */
export const blockMath: TokenizerAndRendererExtension = {
  name: "math",
  level: "block",
  start: (source) => indexOf(source, /\n {0,3}(?:\$\$|\\\[)/),
  tokenizer(source): MathToken | undefined {
    for (const pattern of blocks) {
      const match = pattern.exec(source);
      // An empty line ends a paragraph, and with it what looked like the start of a formula.
      if (match?.[1] === undefined || /\n[ \t]*\n/.test(match[1])) continue;
      return { type: "math", raw: match[0], text: match[1].trim(), isBlock: true };
    }
    return undefined;
  },
};

/** Formulas in a line of text. */
export const inlineMath: TokenizerAndRendererExtension = {
  name: "math",
  level: "inline",
  start: (source) => indexOf(source, /\$|\\[([]/),
  tokenizer(source): MathToken | undefined {
    for (const [pattern, isBlock] of inlines) {
      const match = pattern.exec(source);
      if (match?.[1] === undefined) continue;
      return { type: "math", raw: match[0], text: match[1].trim(), isBlock };
    }
    return undefined;
  },
};

function indexOf(source: string, pattern: RegExp): number | undefined {
  const at = source.search(pattern);
  return at < 0 ? undefined : at;
}
