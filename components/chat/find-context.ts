"use client";

import { createContext, use, useSyncExternalStore } from "react";
import type { Find, FindState } from "@/lib/client/chat/find-in-conversation";

export const FindContext = createContext<Find | null>(null);

/** What finds a text in the conversation on this page. */
export function useFind(): Find {
  const find = use(FindContext);
  if (find === null) throw new Error("A chat screen is needed around useFind().");
  return find;
}

/** Part of what finding has come to, followed. `select` must return something that is kept. */
export function useFindState<Value>(select: (state: FindState) => Value): Value {
  const { state } = useFind();
  return useSyncExternalStore(
    state.subscribe,
    () => select(state.get()),
    () => select(state.get()),
  );
}
