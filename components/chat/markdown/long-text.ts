/** A piece of this size is laid out without a pause. */
const pieceCharacters = 4_000;
/** Text up to here is shown whole. */
const wholePieces = 15;
const headPieces = 5;
const tailPieces = 5;

export type LongTextCut = {
  head: readonly string[];
  /** How many characters are left out between head and tail. */
  hiddenCharacters: number;
  tail: readonly string[];
};

/**
 * A text in pieces that a browser can lay out one at a time, with its middle left out when it is
 * very long. Where a piece ends depends on what is before it only, so that a growing text moves
 * none. A line break at the end of a piece is the piece's own end and not repeated.
 */
export function cutLongText(text: string, isWhole: boolean): LongTextCut {
  const ends = findEnds(text);
  const pieceAt = (index: number) => {
    const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
    return text.slice(start, ends[index]).replace(/\n$/, "");
  };
  const pieces = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => pieceAt(from + index));
  if (isWhole || ends.length <= wholePieces) {
    return { head: pieces(0, ends.length), hiddenCharacters: 0, tail: [] };
  }
  const tailFrom = ends.length - tailPieces;
  return {
    head: pieces(0, headPieces),
    hiddenCharacters: (ends[tailFrom - 1] ?? 0) - (ends[headPieces - 1] ?? 0),
    tail: pieces(tailFrom, ends.length),
  };
}

function findEnds(text: string): number[] {
  const ends: number[] = [];
  let start = 0;
  while (text.length - start > pieceCharacters) {
    start += findPieceLength(text.slice(start, start + pieceCharacters));
    ends.push(start);
  }
  ends.push(text.length);
  return ends;
}

/** Ends a piece after a line, else after a word, else anywhere but within a character. */
function findPieceLength(window: string): number {
  const half = window.length / 2;
  // Before an empty line, and not after it: at the end of a piece it would not be seen.
  let line = window.lastIndexOf("\n") + 1;
  while (line > half && window[line - 2] === "\n") line -= 1;
  if (line > half) return line;
  const word = window.lastIndexOf(" ") + 1;
  if (word > half) return word;
  return window.length - (/[\ud800-\udbff]$/.test(window) ? 1 : 0);
}
