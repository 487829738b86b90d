"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { placeTooltip } from "./tooltip-place";

const delayMs = 500;
/** Side by side, the next one needs no second wait; and the way onto the tooltip takes a moment. */
const graceMs = 200;

type Tip = { anchor: HTMLElement; text: string; shortcut: string | undefined };

/**
 * A word or two about what is pointed at, wherever an element has `data-tooltip`. Never the only
 * place where something is said: the element's name is the same, so nothing is read aloud.
 * Once in the root layout.
 */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => watchPage(setTip), []);

  useLayoutEffect(() => {
    if (box.current === null || tip === null) return;
    const page = { width: window.innerWidth, height: window.innerHeight };
    const size = box.current.getBoundingClientRect();
    const { left, top } = placeTooltip(tip.anchor.getBoundingClientRect(), size, page);
    box.current.style.translate = `${String(left)}px ${String(top)}px`;
  }, [tip]);

  if (tip === null) return null;
  return (
    <div
      ref={box}
      aria-hidden
      data-tooltip-box
      className="fade-in fixed top-0 left-0 z-80 max-w-72 rounded-control bg-ink px-2 py-1 text-small text-canvas shadow-float"
    >
      {tip.text}
      {tip.shortcut !== undefined && (
        <kbd className="ms-2 font-sans opacity-70">{tip.shortcut}</kbd>
      )}
    </div>
  );
}

/** Follows pointer and focus; returns what ends it. */
function watchPage(show: (tip: Tip | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: HTMLElement | null = null;
  let hiddenAtMs = Number.NEGATIVE_INFINITY;

  const open = (anchor: HTMLElement) => {
    const { tooltip, shortcut } = anchor.dataset;
    if (!anchor.isConnected || tooltip === undefined) return;
    shown = anchor;
    show({ anchor, text: tooltip, shortcut });
  };
  const close = () => {
    clearTimeout(timer);
    if (shown !== null) hiddenAtMs = performance.now();
    shown = null;
    show(null);
  };
  const reach = (anchor: HTMLElement) => {
    clearTimeout(timer);
    if (anchor === shown) return;
    const isSoonAfter = shown !== null || performance.now() - hiddenAtMs < graceMs;
    timer = setTimeout(open, isSoonAfter ? 0 : delayMs, anchor);
  };
  const leave = () => {
    clearTimeout(timer);
    if (shown !== null) timer = setTimeout(close, graceMs);
  };

  const handlers = {
    pointerover: ({ target, pointerType }: PointerEvent) => {
      if (pointerType === "touch" || !(target instanceof Element)) return;
      if (target.closest("[data-tooltip-box]") !== null) clearTimeout(timer);
      else {
        const anchor = target.closest<HTMLElement>("[data-tooltip]");
        if (anchor === null) leave();
        else reach(anchor);
      }
    },
    pointerdown: close,
    focusin: ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.dataset["tooltip"] === undefined) return;
      // A click has shown what it does already.
      if (target.matches(":focus-visible")) reach(target);
    },
    focusout: leave,
    keydown: ({ key }: KeyboardEvent) => {
      if (key === "Escape" || key === "Enter" || key === " ") close();
    },
    scroll: () => {
      if (shown !== null) close();
    },
  };
  const listening = new AbortController();
  for (const [name, handler] of Object.entries(handlers)) {
    const options = { capture: true, passive: true, signal: listening.signal };
    document.addEventListener(name, handler as EventListener, options);
  }
  return () => {
    listening.abort();
    close();
  };
}
