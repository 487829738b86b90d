"use client";

import { useEffect, useEffectEvent, useRef, type RefObject } from "react";

/** So far beyond what is seen one looks for more. */
const margin = "900px 0px";

/** Calls back when the marker comes near to what is seen, as long as it is wanted. */
export function useNearEdge(
  scroller: RefObject<HTMLElement | null>,
  isWanted: boolean,
  onNear: () => void,
) {
  const marker = useRef<HTMLDivElement>(null);
  const handleNear = useEffectEvent(onNear);

  useEffect(() => {
    const element = marker.current;
    if (element === null || !isWanted) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) handleNear();
      },
      { root: scroller.current, rootMargin: margin },
    );
    // The page that was just opened comes first.
    const stopWaiting = whenIdle(() => {
      observer.observe(element);
    });
    return () => {
      stopWaiting();
      observer.disconnect();
    };
  }, [isWanted, scroller]);

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
