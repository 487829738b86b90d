"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

/** Wraps the whole app once, so that tooltips side by side open without a second wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <RadixTooltip.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </RadixTooltip.Provider>
  );
}

type TooltipProps = {
  text: string;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One element that can have the focus. */
  children: ReactElement;
};

/** A word or two about what is pointed at. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = "bottom", children }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in z-60 max-w-72 rounded-control bg-ink px-2 py-1 text-small text-canvas shadow-float"
        >
          {text}
          {shortcut !== undefined && <kbd className="ms-2 font-sans opacity-70">{shortcut}</kbd>}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
