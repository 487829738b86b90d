"use client";

import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";

/** So far beyond what is seen one looks for more, once the reader has begun to move. */
const readingMargin = "900px 0px";
/** Before that, only what is missing on the screen is wanted: opening comes first. */
const restingMargin = "0px";

const moves = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** Calls back when the marker comes near to what is seen, as long as it is wanted. */
export function useNearEdge(
  scroller: RefObject<HTMLElement | null>,
  isWanted: boolean,
  onNear: () => void,
) {
  const marker = useRef<HTMLDivElement>(null);
  const handleNear = useEffectEvent(onNear);
  const [isReading, setIsReading] = useState(false);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || isReading) return;
    const begin = () => {
      setIsReading(true);
    };
    for (const move of moves) box.addEventListener(move, begin, { passive: true });
    return () => {
      for (const move of moves) box.removeEventListener(move, begin);
    };
  }, [isReading, scroller]);

  useEffect(() => {
    const element = marker.current;
    if (element === null || !isWanted) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) handleNear();
      },
      { root: scroller.current, rootMargin: isReading ? readingMargin : restingMargin },
    );
    const stopWaiting = whenIdle(() => {
      observer.observe(element);
    });
    return () => {
      stopWaiting();
      observer.disconnect();
    };
  }, [isReading, isWanted, scroller]);

  return marker;
}

function whenIdle(run: () => void): () => void {
  if ("requestIdleCallback" in window) {
    const id = window.requestIdleCallback(run, { timeout: 500 });
    return () => {
      window.cancelIdleCallback(id);
    };
  }
  const timer = setTimeout(run, 100);
  return () => {
    clearTimeout(timer);
  };
}
