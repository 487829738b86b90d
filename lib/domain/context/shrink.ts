import { findCap } from "./find-cap";

/** Something that may be sent shorter than it is. */
export type Piece = {
  /** Tokens that it takes at least, when it goes along. */
  readonly fixed: number;
  /** Tokens of its text. */
  readonly text: number;
  /** Tokens that it can do without before its text is cut: tools' results, then thoughts. */
  readonly sheddable: readonly number[];
  /** How many of these it does without. */
  shed: number;
  /** The most tokens of its text. */
  cap: number;
  isLeftOut: boolean;
};

/** Everything that is sent once no round is left to cut. */
export type Pieces = {
  summary: Piece | null;
  /** Oldest first. */
  pinned: readonly Piece[];
  /** What belongs to the last message, such as an answer that goes on, and its question. */
  others: readonly Piece[];
  last: Piece | null;
};

/** Shares of the room that the newest messages keep while there are others to cut. */
const lastShare = 0.5;
const othersShare = 0.25;

/**
 * Shortens what must go along until it fits: the summary, then pinned messages, then what belongs to
 * the last message, then the last message itself. The longest of a kind are cut first, to a common
 * length. Where even that is not enough pinned messages are left out, the oldest first, then the
 * summary; and only then the newest messages are cut to the floor.
 *
 * The order is the same for every limit and each length grows with it, so that more room never sends
 * less of anything.
 *
 * @param fixedTokens of what is never cut, given what is left out.
 * @param floor the fewest tokens that a text is cut to.
 * @returns whether it fits; the pieces are changed.
 */
export function shrink(
  { summary, pinned, others, last }: Pieces,
  fixedTokens: () => number,
  limit: number,
  floor: number,
): boolean {
  const summaries = summary === null ? [] : [summary];
  const lasts = last === null ? [] : [last];
  const all = [...summaries, ...pinned, ...others, ...lasts];
  let total = all.reduce((sum, piece) => sum + sizeOf(piece), 0);
  const excess = () => total + fixedTokens() - limit;

  function cut(pieces: readonly Piece[], least: number): void {
    const steps = Math.max(0, ...pieces.map(({ sheddable }) => sheddable.length));
    for (let step = 0; step < steps; step += 1)
      for (const piece of pieces) if (excess() > 0) change(piece, () => (piece.shed = step + 1));
    if (excess() <= 0) return;
    const texts = pieces.map(({ text, cap }) => Math.min(text, cap));
    const room = texts.reduce((sum, text) => sum + text, 0) - excess();
    const cap = findCap(texts, room, least);
    for (const piece of pieces) change(piece, () => (piece.cap = Math.min(piece.cap, cap)));
  }
  function change(piece: Piece, apply: () => void): void {
    total -= sizeOf(piece);
    apply();
    total += sizeOf(piece);
  }

  cut(summaries, floor);
  cut(pinned, floor);
  cut(others, Math.max(floor, (limit * othersShare) / Math.max(1, others.length)));
  cut(lasts, Math.max(floor, limit * lastShare));
  for (const piece of [...pinned, ...summaries])
    if (excess() > 0) change(piece, () => (piece.isLeftOut = true));
  cut(others, floor);
  cut(lasts, floor);
  return excess() <= 0;
}

/** Tokens of a piece as it is sent. */
function sizeOf({ fixed, text, cap, sheddable, shed, isLeftOut }: Piece): number {
  if (isLeftOut) return 0;
  const kept = sheddable.reduce((sum, tokens, at) => (at < shed ? sum : sum + tokens), 0);
  return fixed + Math.min(text, cap) + kept;
}
