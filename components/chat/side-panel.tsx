"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { closePanel, isOpenedByHand, panelId, type PanelName } from "./side-panel-address";

type SidePanelProps = {
  name: PanelName;
  /** It lies over the conversation, which waits behind it; else it stands beside it. */
  isCovering: boolean;
  children: ReactNode;
};

/** The panel at the right: one thing at a time about the conversation, with its own scroll. */
export function SidePanel({ name, isCovering, children }: SidePanelProps) {
  const translate = useTranslations("context");
  const common = useTranslations("common");
  const panel = useRef<HTMLElement>(null);
  const title = translate(`${name}.title`);

  useEffect(() => {
    if (isOpenedByHand() || isCovering) panel.current?.focus({ preventScroll: true });
  }, [isCovering, name]);

  const handleEscape = (event: Pick<Event, "defaultPrevented" | "preventDefault">) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    closePanel();
  };

  // Over the conversation it is all there is to close, wherever a click has put the focus.
  const handleStray = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing) return;
    if (event.target === document.body) handleEscape(event);
  });
  useEffect(() => {
    if (!isCovering) return;
    const listen = (event: KeyboardEvent) => {
      handleStray(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, [isCovering]);

  return (
    <>
      {isCovering && (
        <div aria-hidden className="fade-in absolute inset-0 z-20 bg-scrim" onClick={closePanel} />
      )}
      <section
        ref={panel}
        id={panelId}
        data-side-panel
        role={isCovering ? "dialog" : "region"}
        aria-label={title}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) handleEscape(event);
        }}
        className={clsx(
          "flex w-full flex-col border-line bg-canvas text-ink outline-none",
          "absolute inset-y-0 end-0 z-30 sm:w-96 sm:border-s",
          // As wide as use-is-covering.ts says.
          "min-[75rem]:static min-[75rem]:z-auto",
          isCovering && "side-panel-in shadow-float",
        )}
      >
        <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-5 pe-2">
          <h2 className="min-w-0 flex-1 truncate text-ui font-semibold">{title}</h2>
          <IconButton label={common("close")} shortcut="Esc" onClick={closePanel}>
            <X aria-hidden />
          </IconButton>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
      </section>
    </>
  );
}
