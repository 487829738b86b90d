// Where neither the person nor the model says how long an answer may get.
const plainReply = 4_096;
/** The part of a window that is kept for an answer at most, unless more is asked for. */
const share = 0.25;
/** The part that is kept for an answer however much is asked for: a question needs room too. */
const mostShare = 0.5;

/**
 * How many tokens of a window are kept free for the answer.
 *
 * @param wanted what the person asks for; null when they leave it to the model.
 * @param most the longest answer that the model gives; null when unknown.
 */
export function findReplyRoom(
  window: number | null,
  wanted: number | null,
  most: number | null,
): number {
  const asked = Math.min(wanted ?? most ?? plainReply, most ?? Number.POSITIVE_INFINITY);
  if (window === null) return asked;
  return Math.floor(Math.min(asked, window * (wanted === null ? share : mostShare)));
}
