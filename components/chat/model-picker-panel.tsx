"use client";

import { useTranslations } from "next-intl";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { FloatingPanel } from "@/components/ui/floating-panel";
import { Link } from "@/components/ui/link";
import { useComposition } from "@/lib/client/use-composition";
import type { ModelOption } from "@/lib/contracts/providers";
import { useChatContext } from "./chat-context";
import { findModels } from "./find-models";
import { ModelRow } from "./model-row";
import { manyModels, ModelSearch, ModelsFound } from "./model-search";

type ModelPickerPanelProps = {
  trigger: HTMLElement | null;
  chosenId: string;
  onChoose: (modelId: string) => void;
  onClose: () => void;
};

/** The models to choose from: by pointer, by arrows, by typing. */
export function ModelPickerPanel(props: ModelPickerPanelProps) {
  const { trigger, chosenId, onChoose, onClose } = props;
  const translate = useTranslations("parameters.picker");
  const label = useTranslations("chat.model")("label");
  const { models } = useChatContext();
  const id = useId();
  const composition = useComposition();
  const [query, setQuery] = useState("");
  const found = findModels(models, query);
  const [activeId, setActiveId] = useState(chosenId);
  const at = Math.max(
    0,
    found.findIndex((model) => model.id === activeId),
  );
  const current = found[at];
  const typeAhead = useTypeAhead(found, setActiveId);

  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    const isTyping = event.target instanceof HTMLInputElement;
    const next = findNext(event.key, at, found.length, isTyping);
    if (next !== undefined) {
      event.preventDefault();
      setActiveId(found[next]?.id ?? chosenId);
    } else if (event.key === "Enter" || (event.key === " " && !isTyping)) {
      event.preventDefault();
      if (current !== undefined) onChoose(current.id);
    } else if (!isTyping) typeAhead(event);
  };
  const list = {
    "aria-label": label,
    "aria-activedescendant": current === undefined ? undefined : `${id}-${current.id}`,
    onKeyDown: handleKey,
  };
  const hasSearch = models.length >= manyModels;

  return (
    <FloatingPanel
      title={label}
      trigger={trigger}
      onClose={onClose}
      className="w-96"
      firstFocus="[data-first]"
    >
      {hasSearch && (
        <ModelSearch
          {...list}
          data-first
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          query={query}
          onSearch={(value) => {
            setQuery(value);
            // Enter takes the best of what was found, not what was chosen before.
            if (value.trim() !== "") setActiveId(findModels(models, value)[0]?.id ?? chosenId);
          }}
          onCompositionEnd={composition.onCompositionEnd}
        />
      )}
      <ModelsFound query={query} count={found.length} />
      <div
        {...(hasSearch ? { "aria-label": label } : { ...list, tabIndex: 0, "data-first": true })}
        id={`${id}-list`}
        role="listbox"
        className="min-h-0 overflow-y-auto overscroll-contain p-1.5 outline-offset-[-4px] empty:hidden"
      >
        {found.map((model) => (
          <ModelRow
            key={model.id}
            id={`${id}-${model.id}`}
            model={model}
            isChosen={model.id === chosenId}
            isActive={model === current}
            onPoint={() => {
              setActiveId(model.id);
            }}
            onChoose={() => {
              onChoose(model.id);
            }}
          />
        ))}
      </div>
      <p className="shrink-0 border-t border-line px-4 py-2 text-small text-ink-faint">
        {translate("priceNote")}{" "}
        {models.some(({ needsOwnKey }) => needsOwnKey) && (
          <Link href="/settings/own-keys">{translate("addOwnKey")}</Link>
        )}
      </p>
    </FloatingPanel>
  );
}

/** Where a key leads in the list; Home and End belong to the text while somebody types. */
function findNext(key: string, at: number, count: number, isTyping: boolean): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  if (key === "ArrowDown") return at === last ? 0 : at + 1;
  if (key === "ArrowUp") return at === 0 ? last : at - 1;
  if (key === "PageDown") return Math.min(last, at + 5);
  if (key === "PageUp") return Math.max(0, at - 5);
  if (key === "Home" && !isTyping) return 0;
  return key === "End" && !isTyping ? last : undefined;
}

const typeAheadMs = 800;

/** Letters that are typed at the list lead to the next model that begins with them. */
function useTypeAhead(models: readonly ModelOption[], goTo: (id: string) => void) {
  const typed = useRef({ text: "", atMs: Number.NEGATIVE_INFINITY });
  return ({ key, timeStamp, altKey, ctrlKey, metaKey }: KeyboardEvent) => {
    if (key.length !== 1 || altKey || ctrlKey || metaKey) return;
    const { text, atMs } = typed.current;
    const next = (timeStamp - atMs > typeAheadMs ? "" : text) + key.toLocaleLowerCase();
    typed.current = { text: next, atMs: timeStamp };
    const model = models.find(({ label }) => label.toLocaleLowerCase().startsWith(next));
    if (model !== undefined) goTo(model.id);
  };
}
