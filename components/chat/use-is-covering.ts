"use client";

import { useSyncExternalStore } from "react";

/** Below this width there is no room for a panel beside the conversation; see side-panel.tsx. */
const media = "(width < 75rem)";

/** Whether an open panel lies over the conversation. */
export function useIsCovering(): boolean {
  return useSyncExternalStore(follow, isCovering, () => false);
}

/** The same, at this moment. */
export function isCovering(): boolean {
  return window.matchMedia(media).matches;
}

function follow(listener: () => void): () => void {
  const query = window.matchMedia(media);
  query.addEventListener("change", listener);
  return () => {
    query.removeEventListener("change", listener);
  };
}
