"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { Message } from "@/lib/contracts/messages";

/** Nearer than this to the end counts as at the end. */
const nearPx = 48;

/**
 * Keeps the page at its end while text is added, but only for a reader who is there. Whoever
 * scrolls up is left alone until they come back to the end, or send something.
 */
export function useFollowEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  messages: readonly Message[],
) {
  const [isAtEnd, setIsAtEnd] = useState(true);
  const isFollowing = useRef(true);
  const lastUserId = messages.findLast(({ role }) => role === "user")?.id;

  const goToEnd = useCallback(() => {
    isFollowing.current = true;
    setIsAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [scroller]);

  // A conversation opens at its end, and what one sends is always seen.
  useLayoutEffect(goToEnd, [goToEnd, lastUserId]);

  useEffect(() => {
    const box = scroller.current;
    const inside = content.current;
    if (box === null || inside === null) return;
    let lastTop = box.scrollTop;

    const handleScroll = () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
      // Only a way upwards is a wish to read elsewhere; growing text moves the end away as well.
      if (isNear) isFollowing.current = true;
      else if (box.scrollTop < lastTop) isFollowing.current = false;
      lastTop = box.scrollTop;
      setIsAtEnd(isNear || isFollowing.current);
    };
    const follow = () => {
      if (isFollowing.current) box.scrollTop = box.scrollHeight;
      lastTop = box.scrollTop;
    };
    const resized = new ResizeObserver(follow);
    resized.observe(inside);
    resized.observe(box);
    box.addEventListener("scroll", handleScroll, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", handleScroll);
    };
  }, [content, scroller]);

  return { isAtEnd, goToEnd };
}
