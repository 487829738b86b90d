"use client";

import { clsx } from "clsx";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type DialogProps = {
  title: string;
  description?: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  children?: ReactNode;
  /** The buttons; the last is the one that does it. */
  footer?: ReactNode;
  size?: "md" | "lg";
};

/** A question or a form over the page. On phones it rises from the foot. */
export function Dialog(props: DialogProps) {
  const { title, description, isOpen, onOpenChange, children, footer, size = "md" } = props;
  const translate = useTranslations("common");
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fade-in fixed inset-0 z-50 grid items-end justify-items-center overflow-y-auto bg-scrim sm:items-center sm:p-6">
          <RadixDialog.Content
            onOpenAutoFocus={focusFirstField}
            {...(description === undefined ? { "aria-describedby": undefined } : {})}
            className={clsx(
              "float-in relative flex max-h-[92dvh] w-full flex-col rounded-t-card border border-line bg-raised shadow-float outline-none sm:rounded-card",
              size === "lg" ? "sm:max-w-2xl" : "sm:max-w-md",
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-1">
              <RadixDialog.Title className="flex-1 pt-1.5 text-base font-semibold">
                {title}
              </RadixDialog.Title>
              <RadixDialog.Close asChild>
                <IconButton label={translate("close")} className="-me-2">
                  <X aria-hidden />
                </IconButton>
              </RadixDialog.Close>
            </header>
            <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pb-5">
              {description !== undefined && (
                <RadixDialog.Description className="text-ui text-ink-soft">
                  {description}
                </RadixDialog.Description>
              )}
              {children}
            </div>
            {footer !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4">
                {footer}
              </footer>
            )}
          </RadixDialog.Content>
        </RadixDialog.Overlay>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

// Radix would take the first button, which only closes again.
function focusFirstField(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const field = event.target.querySelector<HTMLElement>("input, textarea, select, [autofocus]");
  (field ?? event.target).focus();
}
