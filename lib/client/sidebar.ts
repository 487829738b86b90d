"use client";

import { createContext, use, useMemo } from "react";
import { clampSidebarWidth, type SidebarPreference } from "@/lib/contracts/preferences";
import { keepSidebar } from "./preferences";
import { createStore, useStore, type Store } from "./store";

/** `isOpen` and the width are those of a wide page; on a narrow one the sidebar is a drawer. */
type SidebarState = SidebarPreference & { isDrawerOpen: boolean };

export type SidebarStore = Store<SidebarState>;

export const SidebarContext = createContext<SidebarStore | null>(null);

export const wideMedia = "(min-width: 900px)";

export function createSidebarStore(preference: SidebarPreference): SidebarStore {
  return createStore<SidebarState>({ ...preference, isDrawerOpen: false });
}

export function useSidebar() {
  const store = use(SidebarContext);
  if (store === null) throw new Error("A frame is needed around useSidebar().");
  const state = useStore(store);
  const actions = useMemo(() => sidebarActions(store), [store]);
  return { ...state, ...actions };
}

/** What can be done with a sidebar; also for shortcuts, outside of rendering. */
export function sidebarActions(store: SidebarStore) {
  const keep = (change: Partial<SidebarPreference>) => {
    store.set((state) => ({ ...state, ...change }));
    const { widthPx, isOpen } = store.get();
    keepSidebar({ widthPx, isOpen });
  };
  return {
    /** Shows or hides it: the sidebar on a wide page, the drawer on a narrow one. */
    toggle: () => {
      if (window.matchMedia(wideMedia).matches) keep({ isOpen: !store.get().isOpen });
      else store.set((state) => ({ ...state, isDrawerOpen: !state.isDrawerOpen }));
    },
    setDrawer: (isDrawerOpen: boolean) => {
      store.set((state) => ({ ...state, isDrawerOpen }));
    },
    setWidth: (widthPx: number) => {
      keep({ widthPx: clampSidebarWidth(widthPx) });
    },
  };
}
