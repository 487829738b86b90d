"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useId, useState, type KeyboardEvent } from "react";
import { TitleText } from "@/components/ui/title-text";
import { useComposition } from "@/lib/client/use-composition";
import { usePaletteItems, type PaletteItem } from "./use-palette-items";

/** Goes anywhere and does anything by typing a few letters of it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const translate = useTranslations("frame.palette");
  const id = useId();
  const composition = useComposition();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const items = usePaletteItems(query);
  const current = Math.min(active, items.length - 1);

  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    onClose();
    item.run();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    const next = {
      ArrowDown: (current + 1) % items.length,
      ArrowUp: (current - 1 + items.length) % items.length,
      PageDown: Math.min(current + 8, items.length - 1),
      PageUp: Math.max(current - 8, 0),
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(items[current]);
    }
  };

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-50 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="float-in fixed inset-x-3 top-[12dvh] z-50 mx-auto flex max-h-[min(28rem,76dvh)] max-w-xl flex-col overflow-hidden rounded-card border border-line bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{translate("title")}</Dialog.Title>
          <label className="flex items-center gap-3 border-b border-line px-4">
            <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <input
              role="combobox"
              aria-label={translate("title")}
              aria-expanded
              aria-controls={`${id}-list`}
              aria-autocomplete="list"
              aria-activedescendant={items.length > 0 ? `${id}-${String(current)}` : undefined}
              placeholder={translate("placeholder")}
              value={query}
              autoComplete="off"
              spellCheck={false}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
              onChange={(event) => {
                setQuery(event.currentTarget.value);
                setActive(0);
              }}
              onCompositionEnd={composition.onCompositionEnd}
              onKeyDown={handleKey}
            />
          </label>
          <p role="status" className="sr-only">
            {query === "" ? null : translate("results", { count: items.length })}
          </p>
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={translate("title")}
            className="overflow-y-auto p-1.5 empty:hidden"
          >
            {items.map((item, index) => (
              <div
                key={item.id}
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === current}
                ref={index === current ? scrollIntoSight : null}
                className={clsx(
                  "flex min-h-9 items-center gap-2.5 rounded-control px-2.5 py-1.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft",
                  index === current && "bg-hover",
                )}
                onPointerMove={() => {
                  setActive(index);
                }}
                onClick={() => {
                  choose(item);
                }}
              >
                {item.icon}
                <span className="min-w-0 flex-1">
                  <TitleText title={item.label} />
                </span>
                {item.shortcut !== undefined && (
                  <kbd className="font-sans text-small text-ink-faint">{item.shortcut}</kbd>
                )}
              </div>
            ))}
          </div>
          {items.length === 0 && (
            <p className="px-4 py-5 text-ink-soft">{translate("none", { query: query.trim() })}</p>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
