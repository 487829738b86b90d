import "server-only";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import type { LiveDelta } from "./answer-log";

/** A delta and where in its part it begins, in characters, so that it can be put in place twice. */
export type PlacedDelta = LiveDelta & { at: number };

export type AnswerNews = {
  deltas: readonly PlacedDelta[];
  /** Null when it has not changed. */
  metadata: AnswerMetadata | null;
  isOver: boolean;
};

/** Where one hears of an answer that another instance writes. */
export type AnswerSource = {
  /**
   * What is new since the last reading; null when there is nothing of this answer here. May begin
   * anew: what was heard before is put in its place once more.
   *
   * @throws when the source can't be asked now.
   */
  read: () => Promise<AnswerNews | null>;
  /** Calls back whenever there may be news, until the returned function is called. */
  watch?: (onNews: () => void) => () => void;
};
