"use client";

import { CircleOff, Pin } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRowStanding } from "./row-standing";

/** With a message's actions: what was said about it, and that it does not go along. */
export function RowStandingNote() {
  const translate = useTranslations("context.line");
  const { fate, mark } = useRowStanding();
  if (mark !== "auto") {
    const Icon = mark === "pinned" ? Pin : CircleOff;
    return (
      <span className="inline-flex min-w-0 items-center gap-1 px-1.5 text-small text-ink-faint">
        <Icon aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{translate(mark)}</span>
      </span>
    );
  }
  if (fate === "sent") return null;
  return (
    <span className="message-actions min-w-0 px-1.5 text-small text-ink-faint">
      <span className="truncate">
        {translate(fate === "summarised" ? "rowSummarised" : "rowLeftOut")}
      </span>
    </span>
  );
}
