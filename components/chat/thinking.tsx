"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { LongText } from "./markdown/long-text-view";
import { useSeconds } from "./use-seconds";

type ThinkingProps = {
  text: string;
  /** The model is still at it. */
  isLive: boolean;
};

/** A model's reasoning: one line, which opens. It is not part of the answer. */
export function Thinking({ text, isLive }: ThinkingProps) {
  const translate = useTranslations("chat.thinking");
  const [isOpen, setIsOpen] = useState(false);
  const [sinceMs] = useState(() => (isLive ? Date.now() : null));
  const seconds = useSeconds(sinceMs, isLive);
  // How long it took is known only to whoever was there.
  const done =
    sinceMs === null ? translate("label") : translate("done", { seconds: Math.max(1, seconds) });
  const label = isLive ? translate("live", { seconds }) : done;
  return (
    <div className="text-ui">
      <button
        type="button"
        aria-expanded={isOpen}
        className="-ms-1.5 flex items-center gap-1 rounded-control px-1.5 py-1 text-ink-soft tabular-nums hover:bg-hover hover:text-ink"
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <ChevronRight
          aria-hidden
          className={`size-4 transition-transform duration-150 ${isOpen ? "rotate-90" : ""}`}
        />
        <span className={isLive ? "breathe-text" : ""}>{label}</span>
      </button>
      {isOpen && (
        <div className="ms-0.5 mt-1 border-s-2 border-line ps-4 leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap text-ink-soft">
          <LongText text={text} />
        </div>
      )}
    </div>
  );
}
