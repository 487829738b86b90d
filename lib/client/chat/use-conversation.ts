"use client";

import { usePathname } from "next/navigation";
import { createContext, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { followConversation } from "../events/follow-conversation";
import { followSettings } from "../events/follow-settings";
import type { ConversationState } from "./conversation-state";
import type { ConversationSeed, ConversationStore } from "./conversation-store";
import { openConversation, openNewConversation, registerConversation } from "./conversations-open";
import { readCompared } from "./compared-models";
import { readLastModel } from "./last-model";

const ConversationContext = createContext<ConversationStore | null>(null);

export const ConversationProvider = ConversationContext.Provider;

/** The conversation on this page. */
export function useConversationStore(): ConversationStore {
  const store = use(ConversationContext);
  if (store === null) throw new Error("A chat screen is needed around useConversationStore().");
  return store;
}

/** Part of the conversation's state, followed. `select` must return something that is kept. */
export function useConversation<Value>(select: (state: ConversationState) => Value): Value {
  const store = useConversationStore();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.get()),
  );
}

/**
 * The conversation that the address names. The address, and not the page component, decides: a
 * new conversation gets its address without a reload, and then the page is still that of `/`.
 */
export function useRoutedConversation(seed: ConversationSeed | null): ConversationStore {
  const pathname = usePathname();
  const [visit, setVisit] = useState(0);
  const routeId = /^\/c\/([^/]+)$/.exec(pathname)?.[1] ?? null;
  const store = useMemo(
    () => (routeId === null ? openNewConversation() : openConversation(routeId, seed)),
    // What the server rendered later is taken over below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [routeId, visit],
  );

  useEffect(() => {
    if (seed?.conversation.id === store.get().id) store.absorb(seed);
    else if (!store.get().isLoaded) void store.refresh();
    const { isSaved, modelId } = store.get();
    // Only the browser remembers it, so that the server cannot have rendered it.
    if (!isSaved && modelId === null) store.patch({ modelId: readLastModel() });
    if (store.get().compared.length === 0) store.patch({ compared: readCompared(store.get().id) });
    void store.resumeIfLive();
  }, [seed, store]);

  useEffect(
    () =>
      followAddress(store, () => {
        setVisit((before) => before + 1);
      }),
    [store],
  );
  useEffect(() => followBrowser(store), [store]);
  return store;
}

/**
 * Gives a new conversation its address, once, as soon as the server has it. React hears of that a
 * moment later; whoever has left for `/` again by then never left it for React, so that `onLeft`
 * has to say so.
 */
function followAddress(store: ConversationStore, onLeft: () => void): () => void {
  if (store.get().isSaved) return () => undefined;
  let hasAddress = false;
  const follow = () => {
    const { id, isSaved } = store.get();
    if (!isSaved || window.location.pathname !== "/") return;
    if (hasAddress) {
      onLeft();
      return;
    }
    hasAddress = true;
    registerConversation(store);
    // An open panel stays open.
    window.history.replaceState(null, "", `/c/${id}${window.location.search}`);
  };
  const stop = store.subscribe(follow);
  // Next moves on while React commits, when nothing may be changed: so a moment after.
  const followSoon = () => {
    setTimeout(follow);
  };
  // Not in every browser; elsewhere the next word of the answer finds it out.
  const navigation = "navigation" in window ? window.navigation : null;
  navigation?.addEventListener("currententrychange", followSoon);
  return () => {
    stop();
    navigation?.removeEventListener("currententrychange", followSoon);
  };
}

/** Keeps it in step with other tabs and devices, and looks for news when one comes back to it. */
function followBrowser(store: ConversationStore): () => void {
  const { read, stop } = followConversation(store);
  const stopFollowingSettings = followSettings(store);
  const look = () => {
    if (document.visibilityState !== "visible") return;
    store.wake();
    read();
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    stop();
    stopFollowingSettings();
    window.removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
  };
}
