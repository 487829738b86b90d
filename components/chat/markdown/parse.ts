import { Lexer, Marked, type Token, type TokensList } from "marked";
import { ChineseTokenizer, chineseStrong } from "./chinese-syntax";
import { blockMath, inlineMath } from "./math-syntax";

const parser = new Marked(
  { gfm: true, breaks: true },
  { extensions: [blockMath, inlineMath, chineseStrong] },
);
const options = { ...parser.defaults, tokenizer: new ChineseTokenizer() };

/** Addresses that `[text][name]` refers to, wherever in the text they are written down. */
export type References = TokensList["links"];

export type Block = { type: string; raw: string };

/**
 * The top level of a text: paragraphs, lists, tables, code. Cheap, since nothing inside a block
 * is looked at.
 */
export function parseBlocks(text: string): { blocks: Block[]; references: References } {
  const lexer = new Lexer(options);
  const tokens = lexer.blockTokens(text, []);
  return {
    blocks: tokens.filter(({ type }) => type !== "space" && type !== "def"),
    references: lexer.tokens.links,
  };
}

/** The inside of one block. */
export function parseBlock(raw: string, references: References): Token[] {
  const lexer = new Lexer(options);
  Object.assign(lexer.tokens.links, references);
  return lexer.lex(raw);
}
