import type { AnswerDelta } from "../answer/think-tags";
import type { FinishReason } from "./finish-reason";

/**
 * A piece of a streamed answer. `candidate` counts from 0 where several were asked for, and is left
 * out for the first. How one of several ended is a piece too, and may be corrected by a later one;
 * how an only one did is told at the end of its stream.
 */
export type StreamPiece =
  | (AnswerDelta & { candidate?: number })
  | { type: "finish"; reason: FinishReason; candidate?: number };
