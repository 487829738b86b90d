"use client";

import { useEffect, useRef, useState } from "react";

/** Setting takes longer than linearly; no formula that people read is longer. */
const longestFormula = 4_000;

type FormulaProps = { text: string; isBlock: boolean };

/** A formula. Its source is there at once; the typesetter comes when the first one is needed. */
export function Formula({ text, isBlock }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  const [set, setSet] = useState<string | null>(null);
  const isTooLong = text.length > longestFormula;

  useEffect(() => {
    if (isTooLong) return;
    let isCurrent = true;
    void import("./typeset").then(
      ({ typeset }) => {
        if (!isCurrent || place.current === null) return;
        setSet(typeset(place.current, text, isBlock) ? text : null);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [isBlock, isTooLong, text]);

  return (
    <span className={isBlock ? "formula formula-block" : "formula"}>
      {/* React leaves the inside of this element to the typesetter. */}
      <span ref={place} hidden={set !== text} />
      {set !== text && <code>{text}</code>}
    </span>
  );
}
