"use client";

import { useSearchParams } from "next/navigation";

/** What the panel at the right can show; its name in the address. */
const panelNames = ["plan"] as const;
export type PanelName = (typeof panelNames)[number];

const parameter = "panel";
/** In the history entry of an opened panel: the page that lies before it. */
const openedFrom = "panelOpenedFrom";

/** What had the focus when the panel was opened; null when it came with the page. */
let opener: HTMLElement | null = null;

/** The panel that the address names; Back closes it, and a reload keeps it. */
export function usePanel(): PanelName | null {
  const named = useSearchParams().get(parameter);
  return panelNames.find((name) => name === named) ?? null;
}

/** Opens a panel, in place of another one that is open. */
export function openPanel(name: PanelName): void {
  const { activeElement } = document;
  if (readPanel() === name) {
    document.getElementById(panelId)?.focus();
    return;
  }
  opener = activeElement instanceof HTMLElement ? activeElement : null;
  const address = addressWith(name);
  // One panel after another is one step back, not two.
  if (readPanel() !== null) window.history.replaceState(window.history.state, "", address);
  else window.history.pushState({ [openedFrom]: window.location.pathname }, "", address);
}

/** Closes it, as Back does where it was opened on this page. */
export function closePanel(): void {
  if (readPanel() === null) return;
  const state: unknown = window.history.state;
  const from =
    typeof state === "object" && state !== null && openedFrom in state ? state[openedFrom] : null;
  // A new conversation has got another address since: then Back would leave it.
  if (from === window.location.pathname) window.history.back();
  else window.history.replaceState(null, "", addressWith(null));
}

/** What is to have the focus once the panel is closed; asked once. */
export function takeOpener(): HTMLElement | null {
  const taken = opener;
  opener = null;
  return taken?.isConnected === true ? taken : null;
}

/** Whether somebody opened it, and it did not come with the page. */
export function isOpenedByHand(): boolean {
  return opener !== null;
}

export const panelId = "side-panel";

function readPanel(): string | null {
  return new URLSearchParams(window.location.search).get(parameter);
}

function addressWith(name: PanelName | null): string {
  const url = new URL(window.location.href);
  if (name === null) url.searchParams.delete(parameter);
  else url.searchParams.set(parameter, name);
  return `${url.pathname}${url.search}${url.hash}`;
}
