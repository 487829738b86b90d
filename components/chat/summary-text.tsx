"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

/** Longer texts are folded: about as much as the fold shows. */
const foldedCharacters = 420;
const foldedLines = 7;

/** The words of a summary, as they are sent; long ones are folded. */
export function SummaryText({ text }: { text: string }) {
  const translate = useTranslations("context.summary");
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const isLong = text.length > foldedCharacters || text.split("\n").length > foldedLines;
  return (
    <div className="grid justify-items-start gap-1.5">
      <div className="w-full rounded-card bg-surface px-4 py-3">
        <p
          id={id}
          dir="auto"
          className={clsx(
            "text-ui leading-relaxed wrap-anywhere whitespace-pre-wrap text-ink",
            isLong && !isOpen && "line-clamp-[7]",
          )}
        >
          {text}
        </p>
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          className="min-h-6 rounded-sm text-small text-accent underline decoration-1 underline-offset-4 hover:decoration-2"
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {translate(isOpen ? "less" : "more")}
        </button>
      )}
    </div>
  );
}
