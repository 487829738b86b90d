"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PartBoundary } from "@/components/ui/part-boundary";
import { rememberModel } from "@/lib/client/chat/last-model";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useCurrentModel } from "./chat-context";
import { CurrentModelFacts } from "./model-facts";
import { useConversationActions } from "./use-conversation-actions";

const loadPanel = () => import("./model-picker-panel").then((module) => module.ModelPickerPanel);

// Loaded when somebody reaches for it.
const ModelPickerPanel = dynamic(loadPanel, { ssr: false });

const prepare = () => {
  loadPanel().catch(() => undefined);
};

/** Which model answers next. */
export function ModelPicker() {
  const translate = useTranslations("chat.model");
  const { model } = useCurrentModel();
  const { change } = useConversationActions();
  const store = useConversationStore();
  const isOpen = useConversation((state) => state.isModelPickerOpen);
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const open = (isModelPickerOpen: boolean) => {
    store.patch({ isModelPickerOpen });
  };
  if (model === null) {
    return <span className="px-2 text-ui text-ink-faint">{translate("none")}</span>;
  }
  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        aria-label={translate("pick", { name: model.label })}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        className="flex h-9 max-w-[45vw] min-w-0 shrink-0 items-center gap-1 rounded-control px-2.5 text-ui text-ink-soft transition-colors duration-150 hover:bg-hover hover:text-ink aria-expanded:bg-hover sm:max-w-64 lg:max-w-md"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={() => {
          open(!isOpen);
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          open(true);
        }}
      >
        <span className="truncate">{model.label}</span>
        <CurrentModelFacts model={model} />
        <ChevronDown aria-hidden className="size-4 shrink-0" />
      </button>
      {isOpen && (
        <PartBoundary
          onMissing={() => {
            open(false);
          }}
        >
          <ModelPickerPanel
            trigger={trigger}
            chosenId={model.id}
            onClose={() => {
              open(false);
            }}
            onChoose={(modelId) => {
              rememberModel(modelId);
              open(false);
              if (modelId !== store.get().modelId) void change({ modelId });
            }}
          />
        </PartBoundary>
      )}
    </>
  );
}
