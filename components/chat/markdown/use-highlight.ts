"use client";

import { useEffect, useState, type RefObject } from "react";
import type { Coloured } from "./code-lines";
import type { createHighlighting } from "./highlighting";
import { useIsNear } from "./use-is-near";

/** Colours are no help in code that nobody reads line by line, and cost more the longer it is. */
const longestCode = 60_000;

/** The code in colours, as far as they are known; null while there are none. */
export function useHighlight(
  place: RefObject<Element | null>,
  { code, language, isGrowing }: { code: string; language: string; isGrowing: boolean },
): Coloured | null {
  const isNear = useIsNear(place);
  const [isWanted, setIsWanted] = useState(false);
  const [coloured, setColoured] = useState<Coloured | null>(null);
  const [highlighting, setHighlighting] = useState<ReturnType<typeof createHighlighting> | null>(
    null,
  );
  // Once near is enough: colours stay.
  if (isNear && !isWanted) setIsWanted(true);

  useEffect(() => {
    if (!isWanted || language === "") return;
    let isCurrent = true;
    let ended: (() => void) | null = null;
    void import("./highlighting").then(
      (module) => {
        if (!isCurrent) return;
        const made = module.createHighlighting(language, setColoured);
        ended = made.end;
        setHighlighting(made);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
      ended?.();
      setHighlighting(null);
    };
  }, [isWanted, language]);

  useEffect(() => {
    if (code.length <= longestCode) highlighting?.request(code, isGrowing);
  }, [code, highlighting, isGrowing]);

  return coloured;
}
