/**
 * The lengths at which a beginning of `text` is the end of `tail`, longest first; by Knuth, Morris
 * and Pratt, in linear time.
 */
export function findOverlaps(tail: string, text: string): number[] {
  const pattern = text.slice(0, tail.length);
  const borders = findBorders(pattern);
  let length = 0;
  for (const character of tail.split("")) {
    if (length === pattern.length) length = borders[length - 1] ?? 0;
    while (length > 0 && character !== pattern[length]) length = borders[length - 1] ?? 0;
    if (character === pattern[length]) length += 1;
  }
  const lengths: number[] = [];
  for (; length > 0; length = borders[length - 1] ?? 0) lengths.push(length);
  return lengths;
}

/** For each beginning of a pattern, how much of its own beginning it ends with. */
function findBorders(pattern: string): number[] {
  const borders: number[] = pattern === "" ? [] : [0];
  let length = 0;
  for (let index = 1; index < pattern.length; index += 1) {
    while (length > 0 && pattern[index] !== pattern[length]) length = borders[length - 1] ?? 0;
    if (pattern[index] === pattern[length]) length += 1;
    borders.push(length);
  }
  return borders;
}

// Words and numbers count, brackets and dashes do not; a Han character says as much as two letters.
const anywhereWeight = 16;
const atSentenceWeight = 6;
const atLineWeight = 4;
const wordCharacters = 3;

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const narrow = /[\p{L}\p{N}]/u;
const letter = /^\p{L}$/u;

/**
 * Tells a repetition at a seam from what only looks like one: "the" behind "the", a closing bracket
 * behind another and the next number of a list belong there.
 */
export class RepeatJudge {
  private readonly before: string;
  private readonly text: string;

  /** @param before what there was; @param text what comes, as far as it is known. */
  constructor(before: string, text: string) {
    this.before = before;
    this.text = text;
  }

  /** Whether the first `length` characters of the text, which end what there was, are said twice. */
  isRepeat(length: number): boolean {
    const weight = weigh(this.text.slice(0, length));
    if (weight >= anywhereWeight) return true;
    const start = this.before.length - length;
    if (start === 0) return weight > 0;
    const goesOn = length < this.text.length && this.text[length] !== "\n";
    const lead = this.before.slice(Math.max(0, start - 8), start);
    if (goesOn && weight >= atLineWeight && /\n[ \t]*$/.test(lead)) return true;
    if (goesOn && weight >= atSentenceWeight && /[.!?。！？…：:][\s"'”’）)]*$/.test(lead))
      return true;
    return this.isWordBegunAgain(start, length);
  }

  /** "muse" behind which "museum" comes: glued together they would be no word at all. */
  private isWordBegunAgain(start: number, length: number): boolean {
    const word = this.before.slice(start);
    return (
      length >= wordCharacters &&
      /^\p{L}+$/u.test(word) &&
      !wide.test(word) &&
      !letter.test(this.before.charAt(start - 1)) &&
      letter.test(this.text.charAt(length))
    );
  }
}

function weigh(text: string): number {
  let weight = 0;
  for (const character of text) {
    if (wide.test(character)) weight += 2;
    else if (narrow.test(character)) weight += 1;
    if (weight >= anywhereWeight) break;
  }
  return weight;
}
