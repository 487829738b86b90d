"use client";

import { useEffect, useRef, useState } from "react";
import { useIsNear } from "./use-is-near";
import { whenIdle } from "./work-slices";

/** Setting takes longer than linearly; no formula that people read is longer. */
const longestFormula = 4_000;

type FormulaProps = { text: string; isBlock: boolean };

/**
 * A formula. Its source is there at once; the typesetter comes when the first one is near the
 * page, and sets one after the other.
 */
export function Formula({ text, isBlock }: FormulaProps) {
  const box = useRef<HTMLSpanElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  const isNear = useIsNear(box);
  const [set, setSet] = useState<string | null>(null);
  const isDue = isNear && set !== text && text.length <= longestFormula;

  useEffect(() => {
    if (!isDue) return;
    let isCurrent = true;
    let takeBack: (() => void) | null = null;
    void import("./typeset").then(
      ({ typeset }) => {
        if (!isCurrent) return;
        takeBack = whenIdle(() => {
          if (place.current === null) return;
          if (typeset(place.current, text, isBlock)) setSet(text);
        });
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
      takeBack?.();
    };
  }, [isBlock, isDue, text]);

  return (
    <span ref={box} className={isBlock ? "formula formula-block" : "formula"}>
      {/* React leaves the inside of this element to the typesetter. */}
      <span ref={place} hidden={set !== text} />
      {set !== text && <code>{text}</code>}
    </span>
  );
}
