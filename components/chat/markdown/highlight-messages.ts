/** Pieces of one line; a piece without a colour has the text's own. */
export type CodeLine = readonly { text: string; color: string | null }[];

/** What the page asks its highlighter in the worker. */
export type HighlightRequest = {
  /** Which block of code it is. */
  id: number;
  language: string;
  code: string;
  /** More will come: the worker remembers the lines that are done. */
  isGrowing: boolean;
};

export type HighlightAnswer = {
  id: number;
  /** False for a language that is not known. */
  isKnown: boolean;
  /** How many of the lines that were sent before still hold. */
  keptLines: number;
  /** The lines that follow them. */
  lines: readonly CodeLine[];
};
