"use client";

import { useRef, useState, type ReactNode } from "react";
import { useHydrated } from "@/lib/client/use-hydrated";
import { useIsNear } from "./markdown/use-is-near";

type WhenNearProps = { className: string; children: ReactNode };

/**
 * Controls of a message that, in a page as the server made it, come when they are near to what is
 * seen: a page of messages has more controls than text, and each costs when it opens.
 */
export function WhenNear({ className, children }: WhenNearProps) {
  const box = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(box);
  const isHydrated = useHydrated();
  // What the browser itself puts on the page is whole at once, and may get the keyboard.
  const [isShown, setIsShown] = useState(isHydrated);
  if (isNear && !isShown) setIsShown(true);
  return (
    <div ref={box} className={className}>
      {isShown && children}
    </div>
  );
}
