const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

// Clusters are looked for from fixed places on, so that every cut of a text sees the same ones.
const blockCharacters = 256;
const overlap = 64;

/** How far a cut may move to the end of a line or a word: characters, and share of what is kept. */
const lineReach = 80;
const wordReach = 24;
const reachShare = 0.2;

const closing = /[。！？；，、：]/u;

/**
 * Where a text may end that is cut at `at`: there or somewhat earlier, at the end of a line or word
 * where one is near, and never within a character. A later `at` never gives an earlier end.
 */
export function findEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const end = clusterAt(text, at).start;
  const line = text.lastIndexOf("\n", end);
  if (line >= 0 && line >= end - reachOf(lineReach, end)) return line;
  const last = end - reachOf(wordReach, end);
  for (let place = end; place >= last && place > 0; place -= 1)
    if (isBlank(text, place) || closing.test(text.charAt(place - 1))) return place;
  return end;
}

/** Where a text may start that is cut at `at`: there or somewhat later. See `findEnd`. */
export function findStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const start = clusterAt(text, at).end;
  const kept = text.length - start;
  const line = text.indexOf("\n", start - 1);
  if (line >= 0 && line + 1 <= start + reachOf(lineReach, kept)) return line + 1;
  const last = start + reachOf(wordReach, kept);
  for (let place = start; place <= last && place < text.length; place += 1)
    if (isBlank(text, place - 1) || closing.test(text.charAt(place - 1))) return place;
  return start;
}

const reachOf = (most: number, kept: number) => Math.min(most, Math.floor(kept * reachShare));

const isBlank = (text: string, at: number) => /\s/u.test(text.charAt(at));

/** The places where a character starts that are nearest to a place, before and after it. */
function clusterAt(text: string, at: number): { start: number; end: number } {
  const place = at - (at % blockCharacters);
  const blockStart = alignPair(text, place);
  const blockEnd = alignPair(text, Math.min(text.length, place + blockCharacters));
  if (at <= blockStart) return { start: blockStart, end: blockStart };
  const found = clusters
    .segment(text.slice(blockStart, blockEnd + overlap))
    .containing(at - blockStart);
  if (found === undefined) return { start: at, end: at };
  const start = blockStart + found.index;
  const end = start === at ? at : Math.min(start + found.segment.length, Math.max(blockEnd, at));
  return { start, end };
}

/** Half a surrogate pair is never the start of anything. */
function alignPair(text: string, at: number): number {
  const isLow = /^[\uDC00-\uDFFF]/.test(text.charAt(at));
  return isLow && /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at;
}
