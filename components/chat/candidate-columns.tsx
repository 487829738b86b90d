"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { findLost } from "@/lib/client/chat/candidate-group";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { AnswerEndActions } from "./answer-end-actions";
import { CandidateColumn } from "./candidate-column";
import { CandidateSwitch } from "./candidate-switch";

/** From these widths on they fit, so that who writes them can stay in sight. */
const whereTheyFit: Record<number, string> = {
  2: "@2xl:overflow-visible",
  3: "@4xl:overflow-visible",
  4: "@6xl:overflow-visible",
};

/** Several answers to one question: columns where there is room, else one after another. */
export function CandidateColumns() {
  const translate = useTranslations("candidates.columns");
  const store = useConversationStore();
  const candidates = useConversation((state) => state.sideBySide?.candidates) ?? [];
  const isTurnOn = useConversation((state) => isBusy(state.turn));
  const lost = useConversation(({ sideBySide, messages }) =>
    sideBySide === null ? null : findLost(sideBySide, messages),
  );
  const strip = useRef<HTMLDivElement>(null);
  const [shownAt, setShownAt] = useState(0);
  const count = candidates.length;

  const show = (at: number) => {
    const column = strip.current?.children.item(at);
    if (column instanceof HTMLElement) strip.current?.scrollTo({ left: column.offsetLeft });
    setShownAt(at);
  };
  const noteShown = () => {
    const box = strip.current;
    if (box !== null && box.clientWidth > 0)
      setShownAt(Math.round(box.scrollLeft / box.clientWidth));
  };
  return (
    <section
      aria-label={translate("label", { count })}
      className="side-by-side flex flex-col gap-2"
    >
      <header className="flex min-h-7 items-center gap-2 text-small text-ink-faint">
        <span className="flex-1">{translate("title", { count })}</span>
        {!isTurnOn && (
          <IconButton
            size="sm"
            label={translate("close")}
            onClick={() => {
              store.closeCandidates();
            }}
          >
            <X aria-hidden />
          </IconButton>
        )}
      </header>
      <CandidateSwitch candidates={candidates} shownAt={shownAt} onShow={show} />
      <div
        ref={strip}
        className={`relative grid snap-x snap-mandatory auto-cols-[100%] grid-flow-col overflow-x-auto overscroll-x-contain scroll-smooth @2xl:snap-none @2xl:auto-cols-[minmax(17rem,1fr)] ${whereTheyFit[count] ?? ""}`}
        onScroll={noteShown}
      >
        {candidates.map((candidate, at) => (
          <CandidateColumn key={candidate.message.id} candidate={candidate} at={at} count={count} />
        ))}
      </div>
      {lost !== null && !isTurnOn && <AnswerEndActions message={lost} />}
    </section>
  );
}
