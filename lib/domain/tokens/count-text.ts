import type { TokenCounts } from "@/lib/contracts/context";
import { countTokens as countPiece } from "gpt-tokenizer/encoding/o200k_base";

// The tokenizer's cost grows faster than its input on text without spaces; pieces keep it linear.
// A cut may add one token, never remove one, so the count errs on the safe side.
const pieceCharacters = 1_000;

/** Tokens of a text in o200k_base: exact for OpenAI's current models, close for most others. */
export function countTokens(text: string): number {
  let tokens = 0;
  for (let start = 0; start < text.length; start += pieceCharacters) {
    tokens += countPiece(text.slice(start, start + pieceCharacters), {
      disallowedSpecial: new Set(),
    });
  }
  return tokens;
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const signs = /[^\p{L}\p{M}\s]/gu;

/** Counts a text once, for every model that it may be sent to. */
export function countText(text: string): TokenCounts {
  return { o200k: countTokens(text), wide: countAll(text, wide), signs: countAll(text, signs) };
}

function countAll(text: string, pattern: RegExp): number {
  let count = 0;
  for (const _ of text.matchAll(pattern)) count += 1;
  return count;
}
