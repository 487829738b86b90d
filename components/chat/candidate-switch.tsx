"use client";

import { useTranslations } from "next-intl";
import { isLive } from "@/lib/client/chat/candidate-group";
import type { CandidateView } from "@/lib/client/chat/conversation-state";

type CandidateSwitchProps = {
  candidates: readonly CandidateView[];
  shownAt: number;
  onShow: (at: number) => void;
};

/** On narrow pages: which of the answers is shown. */
export function CandidateSwitch({ candidates, shownAt, onShow }: CandidateSwitchProps) {
  const translate = useTranslations("candidates.columns");
  const count = candidates.length;
  return (
    <div
      role="group"
      aria-label={translate("switch")}
      className="sticky top-0 z-10 flex gap-1 rounded-control bg-surface p-1 @2xl:hidden"
    >
      {candidates.map((candidate, at) => {
        const model = candidate.message.model ?? "";
        return (
          <button
            key={candidate.message.id}
            type="button"
            aria-pressed={at === shownAt}
            aria-label={translate("column", { at: at + 1, count, model })}
            className="flex h-8 min-w-0 flex-1 items-center justify-center gap-1.5 rounded-[0.375rem] px-2 text-small text-ink-soft transition-colors duration-150 aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-sm"
            onClick={() => {
              onShow(at);
            }}
          >
            {isLive(candidate) && (
              <span aria-hidden className="breathe-text size-1.5 shrink-0 rounded-full bg-accent" />
            )}
            <span className="shrink-0 tabular-nums">{at + 1}</span>
            <span className="truncate">{model}</span>
          </button>
        );
      })}
    </div>
  );
}
