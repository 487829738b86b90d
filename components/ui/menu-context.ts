import { createContext, use } from "react";

/** What a menu's parts share. */
export type MenuState = {
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  /** The element that the menu stands beside, and that gets the focus back. */
  trigger: HTMLElement | null;
  setTrigger: (element: HTMLElement | null) => void;
  triggerId: string;
};

export const MenuContext = createContext<MenuState | null>(null);

export function useMenuState(): MenuState {
  const state = use(MenuContext);
  if (state === null) throw new Error("A Menu is needed around its parts.");
  return state;
}
