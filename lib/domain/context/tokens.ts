import { countTokens as countPiece } from "gpt-tokenizer/encoding/o200k_base";

// The tokenizer's cost grows faster than its input on text without spaces; pieces keep it linear.
// A cut may add one token, never remove one, so the count errs on the safe side.
const pieceCharacters = 1_000;

// What chat formats add around each message (OpenAI's cookbook: 3 to 4 tokens).
const messageOverhead = 4;

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

/** Tokens of a text as one message of a call, with what the chat format adds around it. */
export function countMessageTokens(text: string): number {
  return countTokens(text) + messageOverhead;
}
