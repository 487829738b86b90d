"use client";

import { useRef, type CompositionEvent, type KeyboardEvent } from "react";
import { isComposing } from "./chat/is-composing";

/** For a field in which Enter does something: tells apart the Enter of an input method. */
export function useComposition() {
  const endedAtMs = useRef<number | null>(null);
  return {
    onCompositionEnd: (event: CompositionEvent) => {
      endedAtMs.current = event.timeStamp;
    },
    isComposing: (event: KeyboardEvent) => isComposing(event.nativeEvent, endedAtMs.current),
  };
}
