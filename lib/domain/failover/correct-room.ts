import type { TokenFigures } from "../errors/token-figures";

/** What a model's room turned out to be, where that is less than was known. */
export type RoomCorrection = {
  /** Tokens of input and output together; null: as known. */
  window: number | null;
  /** Tokens kept for the answer; null: as always. */
  reply: number | null;
  /** How many times more tokens the model counts than we do; 1 where it does not say. */
  scale: number;
};

/** What was sent, in tokens by our own count. */
export type RefusedSize = {
  inputTokens: number;
  /** Of them, those of images. */
  files: number;
  reply: number;
  window: number | null;
};

// Beyond this a figure is a slip of the server's, or counts something else.
const mostScale = 5;
// The figure is of this prompt as a whole; parts of it may be dearer.
const scaleMargin = 1.02;
/** The part of a prompt that is sent again where its refusal names no figures. */
const keptShare = 0.75;

/**
 * What to plan with after a model found a prompt too long, the best first: by the figures that it
 * named, and for when these change nothing, a quarter less.
 */
export function correctRoom(sent: RefusedSize, figures: TokenFigures): RoomCorrection[] {
  const { inputTokens, reply, window } = sent;
  const scale = findScale(sent, figures.promptTokens ?? 0);
  const named = (figures.limit ?? 0) > 0 ? (figures.limit ?? null) : null;
  const lowered = named !== null && window !== null ? Math.min(named, window) : named;
  const byFigures = { window: lowered, reply: null, scale: scale === 1 ? 1 : scale * scaleMargin };
  const most = Math.floor(inputTokens * keptShare);
  const room = Math.min(reply, Math.ceil(most / 3));
  const byShare = { window: most + room, reply: room, scale: 1 };
  return named === null && scale === 1 ? [byShare] : [byFigures, byShare];
}

function findScale({ inputTokens, files }: RefusedSize, promptTokens: number): number {
  const scale = (promptTokens - files) / Math.max(1, inputTokens - files);
  return scale > 1 && scale <= mostScale ? scale : 1;
}
