"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FloatingPanel } from "@/components/ui/floating-panel";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { limits } from "@/lib/contracts/limits";
import { useChatContext, useCurrentModel } from "./chat-context";
import { findModels } from "./find-models";
import { useModelFacts } from "./model-facts";
import { manyModels, ModelSearch, ModelsFound } from "./model-search";

type CandidateComparePanelProps = { trigger: HTMLElement | null; onClose: () => void };

/** Which models answer the next questions side by side. */
export function CandidateComparePanel({ trigger, onClose }: CandidateComparePanelProps) {
  const translate = useTranslations("candidates.compare");
  const store = useConversationStore();
  const { models } = useChatContext();
  const { model: current } = useCurrentModel();
  const compared = useConversation((state) => state.compared);
  const listFacts = useModelFacts();
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    compared.length > 0 ? compared : current === null ? [] : [current.id],
  );
  const [query, setQuery] = useState("");
  const found = findModels(models, query);
  const isFull = chosen.length >= limits.candidates;
  const apply = (aliasIds: readonly string[]) => {
    store.compare(aliasIds);
    onClose();
  };
  return (
    <FloatingPanel
      title={translate("title")}
      trigger={trigger}
      onClose={onClose}
      className="w-96"
      firstFocus="input"
    >
      <p className="px-4 pb-2 text-small text-ink-soft">{translate("description")}</p>
      {models.length >= manyModels && <ModelSearch query={query} onSearch={setQuery} />}
      <ModelsFound query={query} count={found.length} />
      {/* No fieldset: browsers let its content out over the buttons instead of scrolling it. */}
      <div
        role="group"
        aria-label={translate("group")}
        className="relative min-h-0 overflow-y-auto overscroll-contain px-1.5 py-1.5 empty:hidden"
      >
        {found.map((model) => {
          const isChosen = chosen.includes(model.id);
          return (
            <label
              key={model.id}
              className="flex items-start gap-2.5 rounded-control px-2.5 py-2 hover:bg-hover has-disabled:opacity-50"
            >
              <input
                type="checkbox"
                checked={isChosen}
                disabled={isFull && !isChosen}
                aria-label={model.label}
                className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                onChange={() => {
                  setChosen(
                    isChosen ? chosen.filter((id) => id !== model.id) : [...chosen, model.id],
                  );
                }}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-ui font-medium">{model.label}</span>
                <span className="block text-small text-ink-faint tabular-nums">
                  {listFacts(model).join(" · ")}
                </span>
              </span>
            </label>
          );
        })}
      </div>
      <footer className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-3">
        <span role="status" className="min-w-0 flex-1 text-small text-ink-faint">
          {chosen.length < 2 ? translate("least") : isFull ? translate("most") : null}
        </span>
        {compared.length > 0 && (
          <Button
            size="sm"
            onClick={() => {
              apply([]);
            }}
          >
            {translate("off")}
          </Button>
        )}
        <Button
          size="sm"
          variant="primary"
          disabled={chosen.length < 2}
          onClick={() => {
            apply(chosen);
          }}
        >
          {translate("start")}
        </Button>
      </footer>
    </FloatingPanel>
  );
}
