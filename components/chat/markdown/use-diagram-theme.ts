"use client";

import { useSyncExternalStore } from "react";
import type { DiagramTheme } from "./draw-diagram";

/** Whether the page is dark now: chosen, or as the system has it. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark, () => false);
}

/** The page's colours as a library outside of it understands them. */
export function readDiagramTheme(): DiagramTheme {
  const names = {
    canvas: "--canvas",
    surface: "--surface",
    raised: "--raised",
    line: "--line-strong",
    ink: "--ink",
    inkSoft: "--ink-soft",
  };
  const style = getComputedStyle(document.documentElement);
  const colors = Object.entries(names).map(([name, variable]) => [
    name,
    toHex(style.getPropertyValue(variable).trim()),
  ]);
  return { isDark: isDark(), colors: Object.fromEntries(colors) as Record<string, string> };
}

/** Any CSS colour as #rrggbb: the diagram library does not know the newer ways to write one. */
function toHex(color: string): string {
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (context === null) return "#888888";
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const channels = context.getImageData(0, 0, 1, 1).data.slice(0, 3);
  return `#${Array.from(channels, (channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

const listeners = new Set<() => void>();
/** Asking for a computed style costs, and hundreds of diagrams may ask. */
let known: boolean | null = null;

function isDark(): boolean {
  if (known !== null) return known;
  const now = getComputedStyle(document.documentElement).colorScheme === "dark";
  if (listeners.size > 0) known = now;
  return now;
}

function tellAll(): void {
  known = null;
  for (const listener of listeners) listener();
}

let stopWatching: (() => void) | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stopWatching ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
    known = null;
  };
}

function watch(): () => void {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = new MutationObserver(tellAll);
  system.addEventListener("change", tellAll);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", tellAll);
    chosen.disconnect();
  };
}
