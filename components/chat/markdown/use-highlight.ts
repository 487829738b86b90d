"use client";

import { useEffect, useMemo, useState } from "react";
import type { CodeLine, Highlighter } from "./highlighter";

/** Colours are no help in code that nobody reads line by line, and cost more the longer it is. */
const longestCode = 60_000;

/** The code in coloured pieces; null until there are colours, or when there will be none. */
export function useHighlight(
  code: string,
  language: string,
  isGrowing: boolean,
): readonly CodeLine[] | null {
  const [highlighter, setHighlighter] = useState<Highlighter | null>(null);
  const isWanted = language !== "" && code.length <= longestCode;

  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    void import("./highlighter")
      .then(({ loadHighlighter }) => loadHighlighter(language))
      .then(
        (loaded) => {
          if (isCurrent) setHighlighter(() => loaded);
        },
        () => undefined,
      );
    return () => {
      isCurrent = false;
    };
  }, [isWanted, language]);

  return useMemo(
    () => (isWanted ? (highlighter?.(code, isGrowing) ?? null) : null),
    [code, highlighter, isGrowing, isWanted],
  );
}
