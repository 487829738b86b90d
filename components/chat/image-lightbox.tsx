"use client";

import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import type { KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { FilePart } from "@/lib/contracts/attachments";

type ImageLightboxProps = {
  images: readonly FilePart[];
  /** Which of them is shown. */
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
  /** What opened it, and has the keyboard again afterwards. */
  opener: HTMLElement | null;
};

/** A message's images, whole, one at a time. */
export function ImageLightbox({ images, at, onMove, onClose, opener }: ImageLightboxProps) {
  const translate = useTranslations("images");
  const image = images[at];
  if (image === undefined) return null;
  const name = image.filename ?? translate("unnamed");
  const hasSeveral = images.length > 1;
  const move = (by: number) => {
    const to = at + by;
    if (to >= 0 && to < images.length) onMove(to);
  };
  const handleKey = ({ key }: KeyboardEvent) => {
    if (key === "ArrowLeft") move(-1);
    else if (key === "ArrowRight") move(1);
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-50 bg-canvas" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 flex flex-col outline-none"
          onKeyDown={handleKey}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener?.focus({ preventScroll: true });
          }}
        >
          <header className="flex h-13 shrink-0 items-center gap-3 ps-4 pe-2 sm:pe-3">
            <Dialog.Title className="min-w-0 flex-1 truncate text-ui font-medium">
              {name}
            </Dialog.Title>
            {hasSeveral && (
              <p role="status" className="text-small text-ink-soft tabular-nums">
                {translate("place", { at: at + 1, count: images.length })}
              </p>
            )}
            <Dialog.Close asChild>
              <IconButton label={translate("close")} shortcut="Esc">
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          {/* Beside the picture a click closes; the keyboard has Escape and the button. */}
          <div
            className="grid min-h-0 flex-1 place-items-center p-3 sm:px-16"
            onClick={({ target, currentTarget }) => {
              if (target === currentTarget) onClose();
            }}
          >
            <img
              key={image.url}
              src={image.url}
              alt={name}
              draggable={false}
              width={image.width}
              height={image.height}
              className="fade-in max-h-full min-h-0 w-auto max-w-full rounded-control object-contain"
            />
          </div>
          {hasSeveral && (
            <div className="flex shrink-0 justify-center gap-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:contents">
              <IconButton
                size="lg"
                label={translate("previous")}
                shortcut="←"
                aria-disabled={at === 0 || undefined}
                className="aria-disabled:opacity-40 sm:absolute sm:start-3 sm:top-1/2"
                onClick={() => {
                  move(-1);
                }}
              >
                <ChevronLeft aria-hidden />
              </IconButton>
              <IconButton
                size="lg"
                label={translate("next")}
                shortcut="→"
                aria-disabled={at === images.length - 1 || undefined}
                className="aria-disabled:opacity-40 sm:absolute sm:end-3 sm:top-1/2"
                onClick={() => {
                  move(1);
                }}
              >
                <ChevronRight aria-hidden />
              </IconButton>
            </div>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
