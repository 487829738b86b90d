// A tokenizer's cost grows faster than its input on text without blanks; pieces keep it linear.
const pieceCharacters = 1_000;
/** How far back from there a good place is looked for. */
const searchCharacters = 300;

const letter = /[\p{L}\p{M}]/u;

/**
 * Cuts a text for counting, where its tokens end anyway if there is such a place near: a cut through
 * a token adds one or two and so errs on the safe side. Never cuts a surrogate pair.
 */
export function* cutIntoPieces(
  text: string,
  characters = pieceCharacters,
): Generator<string, void, undefined> {
  let start = 0;
  while (text.length - start > characters) {
    const end = findCut(text, start + characters);
    yield text.slice(start, end);
    start = end;
  }
  if (start < text.length) yield start === 0 ? text : text.slice(start);
}

// The tokenizers of OpenAI glue one sign or blank to the front of a word, and never look further
// back than the word's end.
function findCut(text: string, latest: number): number {
  for (let at = latest; at > latest - searchCharacters; at -= 1) {
    const [before = "", here = "", after = ""] = [text[at - 1], text[at], text[at + 1]];
    if (isGlue(here) && letter.test(before) && letter.test(after)) return at;
    if (before === "\n" && here.trim() !== "") return splitsPair(text, at) ? at - 1 : at;
  }
  return splitsPair(text, latest) ? latest - 1 : latest;
}

const isGlue = (character: string) =>
  character !== "'" && character !== "’" && /[^\p{L}\p{M}\p{N}\r\n]/u.test(character);

function splitsPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

const isHigh = (unit: number) => unit >= 0xd8_00 && unit <= 0xdb_ff;
const isLow = (unit: number) => unit >= 0xdc_00 && unit <= 0xdf_ff;
