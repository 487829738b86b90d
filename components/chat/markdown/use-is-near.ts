"use client";

import { useEffect, useState, type RefObject } from "react";

/** Nearer than this to what is seen, things are made ready. */
const margin = "800px 0px";

const listeners = new WeakMap<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | null = null;

/** Whether an element is on the page or near it. One observer serves them all. */
export function useIsNear(place: RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    listeners.set(element, setIsNear);
    const shared = (observer ??= createObserver());
    shared.observe(element);
    return () => {
      shared.unobserve(element);
    };
  }, [place]);
  return isNear;
}

function createObserver(): IntersectionObserver {
  const tell = (entries: IntersectionObserverEntry[]) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
  };
  // The conversation scrolls in a box of its own, whose edges only `scrollMargin` moves.
  return new IntersectionObserver(tell, { rootMargin: margin, scrollMargin: margin });
}
