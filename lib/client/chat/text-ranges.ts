/** A piece of a row's text in the document. */
type Piece = { node: Text; start: number };

/** More than this is not marked: nobody looks at all of them. */
const mostRanges = 400;

const unread = "button, summary, textarea, .sr-only, [aria-hidden=true], .message-actions";
const blocks = "p, li, pre, td, th, h1, h2, h3, h4, h5, h6, blockquote, div";

/**
 * Where a text occurs in what is shown of a message, whatever its capitals. Found across bold and
 * linked words as well, since it is the reader's text and not the markup that is searched.
 */
export function findRanges(row: Element, query: string): Range[] {
  const { text, pieces } = readText(row);
  const wanted = fold(query.trim());
  if (wanted === "") return [];
  const folded = fold(text);
  const ranges: Range[] = [];
  let at = folded.indexOf(wanted);
  while (at >= 0 && ranges.length < mostRanges) {
    const range = makeRange(pieces, at, at + wanted.length);
    if (range !== null) ranges.push(range);
    at = folded.indexOf(wanted, at + wanted.length);
  }
  return ranges;
}

/** Lower case, as long as that keeps every letter at its place. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function readText(row: Element): { text: string; pieces: Piece[] } {
  const pieces: Piece[] = [];
  let text = "";
  let block: Element | null = null;
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest(unread) != null) continue;
    const own = node.parentElement?.closest(blocks) ?? null;
    // Words of two paragraphs do not stand side by side.
    if (own !== block && text !== "") text += "\n";
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  return { text, pieces };
}

function makeRange(pieces: readonly Piece[], from: number, to: number): Range | null {
  const first = pieces.findLast(({ start }) => start <= from);
  const last = pieces.findLast(({ start }) => start < to);
  if (first === undefined || last === undefined) return null;
  const range = document.createRange();
  range.setStart(first.node, Math.min(from - first.start, first.node.length));
  range.setEnd(last.node, Math.min(to - last.start, last.node.length));
  return range;
}
