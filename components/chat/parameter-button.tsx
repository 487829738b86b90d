"use client";

import { SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { countChanged } from "@/lib/domain/parameters/change-parameter";
import { useCurrentModel } from "./chat-context";

const loadPanel = () => import("./parameter-panel").then((module) => module.ParameterPanel);

// Loaded when somebody reaches for it.
const ParameterPanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

/** Opens what the conversation asks of its model, and tells how much of it was changed. */
export function ParameterButton() {
  const translate = useTranslations("parameters.panel");
  const { model } = useCurrentModel();
  const count = useConversation((state) => countChanged(state.parameters));
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
  };
  if (model === null) return null;
  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        aria-label={translate("openLong", { count })}
        data-tooltip={translate("openLong", { count })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="flex h-9 min-w-9 shrink-0 items-center justify-center gap-1.5 rounded-control px-2 text-ui text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
      >
        <SlidersHorizontal aria-hidden className="size-[1.125rem] shrink-0" />
        <span className="hidden tabular-nums md:inline">{translate("open", { count })}</span>
        {count > 0 && (
          <span aria-hidden className="text-small text-accent tabular-nums md:hidden">
            {count}
          </span>
        )}
      </button>
      {isOpen && (
        <PartBoundary onMissing={close}>
          <ParameterPanel model={model} trigger={trigger} onClose={close} />
        </PartBoundary>
      )}
    </>
  );
}
