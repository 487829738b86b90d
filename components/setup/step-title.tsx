"use client";

import { useEffect, useRef, type ReactNode } from "react";

type Props = { children: ReactNode; text?: ReactNode; isFirst?: boolean };

/**
 * The question of a step. It takes the focus when the step changes, so that a screen reader reads
 * the new question and the keyboard goes on from there.
 */
export function StepTitle({ children, text, isFirst = false }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst) title.current?.focus({ preventScroll: true });
  }, [isFirst]);
  return (
    <header className="mb-7">
      <h1
        ref={title}
        tabIndex={-1}
        className="text-2xl leading-tight font-semibold text-balance text-ink outline-none"
      >
        {children}
      </h1>
      {text !== undefined && <p className="mt-2 text-base text-pretty text-ink-soft">{text}</p>}
    </header>
  );
}
