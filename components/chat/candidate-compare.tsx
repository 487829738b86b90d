"use client";

import { Columns2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useChatContext } from "./chat-context";

const loadPanel = () =>
  import("./candidate-compare-panel").then((module) => module.CandidateComparePanel);

// Loaded when somebody reaches for it.
const CandidateComparePanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

/** Opens the choice of models that answer side by side. */
export function CandidateCompare() {
  const translate = useTranslations("candidates.compare");
  const { models } = useChatContext();
  const count = useConversation((state) => state.compared.length);
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
  };
  if (models.length < 2) return null;
  const label = count > 0 ? translate("on", { count }) : translate("action");
  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        aria-label={label}
        data-tooltip={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="flex h-9 min-w-9 shrink-0 items-center justify-center gap-1.5 rounded-control px-2 text-ui text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <Columns2 aria-hidden className="size-[1.125rem] shrink-0" />
        {count > 0 && (
          <span aria-hidden className="text-small text-accent tabular-nums">
            {count}
          </span>
        )}
      </button>
      {isOpen && (
        <PartBoundary onMissing={close}>
          <CandidateComparePanel trigger={trigger} onClose={close} />
        </PartBoundary>
      )}
    </>
  );
}
