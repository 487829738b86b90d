"use client";

import { clsx } from "clsx";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";

const loadPanel = () => import("./receipt-panel").then((module) => module.ReceiptPanel);

// Loaded when somebody reaches for it.
const ReceiptPanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

type ReceiptTriggerProps = { messageId: string; className?: string; children: ReactNode };

/** The button that opens an answer's receipt; what is in it follows the word in its name. */
export function ReceiptTrigger({ messageId, className, children }: ReceiptTriggerProps) {
  const translate = useTranslations("receipts");
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
  };
  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        data-tooltip={translate("open")}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className={clsx(
          "flex h-7 min-w-0 items-center rounded-control px-1.5 text-small tabular-nums transition-colors duration-150 hover:bg-hover aria-expanded:bg-hover",
          className,
        )}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <span className="sr-only">{translate("open")}: </span>
        {children}
      </button>
      {isOpen && (
        <PartBoundary onMissing={close}>
          <ReceiptPanel messageId={messageId} trigger={trigger} onClose={close} />
        </PartBoundary>
      )}
    </>
  );
}
