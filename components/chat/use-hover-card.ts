"use client";

import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type PointerEvent,
} from "react";

const delayMs = 350;
/** Long enough for the way onto the card. */
const graceMs = 180;

/** Shows something while it is pointed at, or has the keyboard; Escape takes it away. */
export function useHoverCard() {
  const [isShown, setIsShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = useCallback((next: boolean, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(setIsShown, afterMs, next);
  }, []);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    setIsShown(false);
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  useEffect(() => {
    if (!isShown) return;
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      hide();
    };
    document.addEventListener("keydown", handleKey, { capture: true });
    return () => {
      document.removeEventListener("keydown", handleKey, { capture: true });
    };
  }, [hide, isShown]);

  return {
    isShown,
    hide,
    handlers: {
      onPointerEnter: ({ pointerType }: PointerEvent) => {
        if (pointerType !== "touch") turn(true, delayMs);
      },
      onPointerLeave: () => {
        turn(false, graceMs);
      },
      onFocus: ({ target }: FocusEvent) => {
        if (target.matches(":focus-visible")) turn(true, delayMs);
      },
      onBlur: () => {
        turn(false, 0);
      },
    },
  };
}
