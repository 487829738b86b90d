const wideScripts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const letters = /[\p{L}\p{M}]/u;
const blanks = /\s/u;
const figures = /\p{Nd}/u;

/** What tokenizers treat differently. */
export const characterClass = { wide: 1, letter: 2, blank: 3, digit: 4, sign: 5 } as const;
type CharacterClass = (typeof characterClass)[keyof typeof characterClass];

// One byte for each code unit, filled as they are met: 0 is not met yet.
const known = new Uint8Array(0x1_0000);

/** The class of a character by its code point; half a surrogate pair is a sign. */
export function classifyCharacter(codePoint: number): CharacterClass {
  if (codePoint > 0xff_ff) return isRareHan(codePoint) ? characterClass.wide : classify(codePoint);
  const met = known[codePoint];
  if (met !== undefined && met > 0) return met as CharacterClass;
  const found = classify(codePoint);
  known[codePoint] = found;
  return found;
}

const isRareHan = (codePoint: number) => codePoint >= 0x2_00_00 && codePoint <= 0x3_ff_ff;

function classify(codePoint: number): CharacterClass {
  const character = String.fromCodePoint(codePoint);
  if (wideScripts.test(character)) return characterClass.wide;
  if (letters.test(character)) return characterClass.letter;
  if (blanks.test(character)) return characterClass.blank;
  return figures.test(character) ? characterClass.digit : characterClass.sign;
}
