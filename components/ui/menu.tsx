"use client";

import {
  cloneElement,
  useEffect,
  useId,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { noteUnreachable } from "@/lib/client/connection";
import { createStore, useStore } from "@/lib/client/store";
import { MenuContext, useMenuState } from "./menu-context";
import type * as Panel from "./menu-panel";

// What opens is loaded when somebody reaches for it: most pages are left without a menu.
const partsStore = createStore<typeof Panel | null>(null);

async function loadParts(): Promise<void> {
  if (partsStore.get() === null) partsStore.set(await import("./menu-panel"));
}

const prepare = () => {
  void loadParts().catch(noteUnreachable);
};

type MenuProps = {
  children: ReactNode;
  /** Given, its owner opens and closes it. */
  open?: boolean;
  /** Open from its first moment. */
  defaultOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** A button and what it opens. */
export function Menu({ children, open, defaultOpen = false, onOpenChange }: MenuProps) {
  const [isOwnOpen, setOwnOpen] = useState(defaultOpen);
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const triggerId = useId();
  const isOpen = open ?? isOwnOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  useEffect(() => {
    if (isOpen) prepare();
  }, [isOpen]);
  return (
    <MenuContext value={{ isOpen, setOpen, trigger, setTrigger, triggerId }}>
      {children}
    </MenuContext>
  );
}

/** Wraps the one button that opens the menu. */
export function MenuTrigger({ children }: { children: ReactElement<ComponentProps<"button">> }) {
  const { isOpen, setOpen, setTrigger, triggerId } = useMenuState();
  return cloneElement(children, {
    id: triggerId,
    ref: setTrigger,
    "aria-haspopup": "menu",
    "aria-expanded": isOpen,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      children.props.onClick?.(event);
      setOpen(!isOpen);
    },
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      children.props.onKeyDown?.(event);
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setOpen(true);
    },
  });
}

export function MenuContent(props: Panel.MenuPanelProps) {
  const parts = useStore(partsStore);
  const { isOpen } = useMenuState();
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  if (parts === null || !wasOpen) return null;
  return <parts.MenuPanel {...props} />;
}

export function MenuItem(props: Panel.MenuItemProps) {
  const parts = useStore(partsStore);
  return parts && <parts.MenuItem {...props} />;
}

export function MenuChoice<Value extends string>(props: Panel.MenuChoiceProps<Value>) {
  const parts = useStore(partsStore);
  return parts && <parts.MenuChoice {...props} />;
}

export function MenuSeparator() {
  const parts = useStore(partsStore);
  return parts && <parts.MenuSeparator />;
}
