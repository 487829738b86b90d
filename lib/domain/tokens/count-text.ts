import { countTokens as countO200k } from "gpt-tokenizer/encoding/o200k_base";
import type { TokenCounts } from "@/lib/contracts/context";
import { characterClass, classifyCharacter } from "./classify-characters";
import { cl100kCounter, type CountPiece } from "./cl100k";
import { cutIntoPieces } from "./cut-into-pieces";

// What looks like a special token is text.
const plainText = { disallowedSpecial: new Set<string>() };

/** Tokens of a text in o200k_base: exact for OpenAI's current models, close for most others. */
export function countTokens(text: string, countPiece: CountPiece = countO200k): number {
  let tokens = 0;
  for (const piece of cutIntoPieces(text)) tokens += countPiece(piece, plainText);
  return tokens;
}

/**
 * Counts a text once, for every model that it may be sent to.
 *
 * @param needsCl100k whether one of them counts by cl100k; it is left out while that is not loaded.
 */
export function countText(text: string, needsCl100k = false): TokenCounts {
  const counts = { o200k: countTokens(text), ...countCharacters(text) };
  return needsCl100k ? addCl100k(counts, text) : counts;
}

/** Counts with those by cl100k, where they are missing and it is loaded. */
export function addCl100k(counts: TokenCounts, text: string): TokenCounts {
  const countPiece = cl100kCounter();
  if (counts.cl100k !== undefined || countPiece === null) return counts;
  return { ...counts, cl100k: countTokens(text, countPiece) };
}

/** What tokenizers that we do not have are estimated from. */
export function countCharacters(text: string): Omit<Required<TokenCounts>, "o200k" | "cl100k"> {
  const counts = { wide: 0, signs: 0, digits: 0, blanks: 0, bytes: 0 };
  for (let at = 0; at < text.length; at += 1) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xff_ff) at += 1;
    counts.bytes += codePoint < 0x80 ? 1 : codePoint < 0x8_00 ? 2 : codePoint < 0x1_00_00 ? 3 : 4;
    const kind = classifyCharacter(codePoint);
    if (kind === characterClass.wide) counts.wide += 1;
    else if (kind === characterClass.blank) counts.blanks += isBetweenWords(text, at) ? 0 : 1;
    else if (kind !== characterClass.letter) {
      counts.signs += 1;
      if (kind === characterClass.digit) counts.digits += 1;
    }
  }
  return counts;
}

/** A single blank goes along with the word behind it. */
function isBetweenWords(text: string, at: number): boolean {
  if (text[at] !== " " || text[at - 1] === " ") return false;
  return (
    at + 1 < text.length && classifyCharacter(text.charCodeAt(at + 1)) !== characterClass.blank
  );
}
