"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog, Popover } from "radix-ui";
import { useMemo, useSyncExternalStore, type ReactNode } from "react";
import { IconButton } from "./icon-button";

export type FloatingPanelProps = {
  title: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** The button that opened it: it floats there, and gives the focus back. */
  trigger: HTMLElement | null;
  onClose: () => void;
  /** Its width on wide pages, and more. */
  className?: string;
  /** What has the keyboard first; the panel itself when left out. */
  firstFocus?: string;
  children: ReactNode;
};

const narrowMedia = "(width < 40rem)";

/**
 * More than a menu, less than a page: beside its button where there is room, else a sheet from the
 * foot. Load it when somebody reaches for it, and render it while it is open.
 */
export function FloatingPanel(props: FloatingPanelProps) {
  const isNarrow = useSyncExternalStore(
    followNarrow,
    () => window.matchMedia(narrowMedia).matches,
    () => false,
  );
  return isNarrow ? <Sheet {...props} /> : <Beside {...props} />;
}

function followNarrow(listener: () => void): () => void {
  const media = window.matchMedia(narrowMedia);
  media.addEventListener("change", listener);
  return () => {
    media.removeEventListener("change", listener);
  };
}

/** Not modal: the page stays readable, and what is done beside it closes it. */
function Beside(props: FloatingPanelProps) {
  const { title, trigger, onClose, className, firstFocus, children } = props;
  const anchor = useMemo(() => ({ current: trigger }), [trigger]);
  return (
    <Popover.Root open onOpenChange={onClose}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          data-floating-panel
          aria-label={title}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className={clsx(
            "float-in z-40 flex max-h-[min(52rem,var(--radix-popper-available-height))] flex-col overflow-hidden rounded-card border border-line bg-raised text-ink shadow-float outline-none",
            className,
          )}
          onOpenAutoFocus={(event) => {
            focusFirst(event, firstFocus);
          }}
          onInteractOutside={(event) => {
            // The button closes what it opened by itself. What is said in passing is no way out; a
            // button of it is gone by the time that this is heard.
            const { target } = event;
            const isKept =
              target instanceof Element &&
              (!target.isConnected ||
                trigger?.contains(target) === true ||
                target.closest("[data-keeps-panels]") !== null);
            if (isKept) event.preventDefault();
          }}
          onEscapeKeyDown={leaveEscape}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(trigger);
          }}
        >
          <PanelHeader {...props} />
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Sheet(props: FloatingPanelProps) {
  const { title, trigger, onClose, firstFocus, children } = props;
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          data-floating-panel
          aria-describedby={undefined}
          className="float-in fixed inset-x-0 bottom-0 z-40 flex max-h-[88dvh] flex-col overflow-hidden rounded-t-card border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] text-ink shadow-float outline-none"
          onOpenAutoFocus={(event) => {
            focusFirst(event, firstFocus);
          }}
          onEscapeKeyDown={leaveEscape}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(trigger);
          }}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <PanelHeader {...props} />
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PanelHeader({ title, actions, onClose }: FloatingPanelProps) {
  const translate = useTranslations("common");
  return (
    <header className="flex shrink-0 items-center gap-1 ps-4 pe-2 pt-2 pb-1">
      <h2 className="min-w-0 flex-1 truncate text-ui font-semibold">{title}</h2>
      {actions}
      <IconButton size="sm" label={translate("close")} onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}

function focusFirst(event: Event, selector: string | undefined): void {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  // A field would call up the keyboard, which covers what was opened.
  const isTouched = window.matchMedia("(pointer: coarse)").matches;
  const wanted =
    selector === undefined || isTouched ? null : event.target.querySelector<HTMLElement>(selector);
  (wanted ?? event.target).focus({ preventScroll: true });
}

/** A question within the panel is closed first. */
function leaveEscape(event: KeyboardEvent): void {
  const { target } = event;
  if (target instanceof Element && target.closest("[data-owns-escape]") !== null)
    event.preventDefault();
}

/** Unless somebody went on to something else meanwhile. */
function giveFocusBack(trigger: HTMLElement | null): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) trigger?.focus();
}
