"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether the page listens yet: false on the server and until React has taken over. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
