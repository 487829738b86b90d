"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DiscoveredModel } from "@/lib/contracts/discovery";
import { DiscoverRow } from "./discover-row";

type Props = {
  models: readonly DiscoveredModel[];
  /** Names that are to be added. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

// Gateways list thousands; nobody reads on for longer than this without searching.
const step = 100;

/** Models to tick, found by any part of their name. */
export function DiscoverList({ models, chosen, onChange }: Props) {
  const translate = useTranslations("aliases.discover");
  const [search, setSearch] = useState("");
  const [most, setMost] = useState(step);
  const wanted = search.trim();

  const all = useMemo(() => {
    const byName = (one: DiscoveredModel, other: DiscoveredModel) =>
      one.name.localeCompare(other.name, "en", { numeric: true });
    return models.toSorted(byName);
  }, [models]);
  const typed = chosen
    .filter((name) => !models.some((model) => model.name === name))
    .map((name): DiscoveredModel => ({ name, modelId: null, isListed: false }));
  const words = wanted.toLowerCase().split(/\s+/);
  const fitting = [...typed, ...all].filter(({ name }) =>
    words.every((word) => name.toLowerCase().includes(word)),
  );
  const canAdd = wanted !== "" && ![...typed, ...all].some(({ name }) => name === wanted);

  const toggle = (name: string) => {
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  };
  const addTyped = () => {
    if (!canAdd) return;
    onChange([...chosen, wanted]);
    setSearch("");
  };

  return (
    <div className="flex flex-col gap-3">
      <Field label={translate("search")} isLabelHidden>
        <Input
          value={search}
          placeholder={translate("search")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setMost(step);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            const [only] = fitting;
            if (canAdd) addTyped();
            else if (fitting.length === 1 && only?.modelId === null) toggle(only.name);
          }}
        />
      </Field>
      {canAdd && (
        <Button className="max-w-full self-start" onClick={addTyped}>
          <Plus aria-hidden />
          <span className="truncate">{translate("useName", { name: wanted })}</span>
        </Button>
      )}
      {typed.length + all.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="sr-only">{translate("list")}</legend>
          <ul className="max-h-[min(26rem,45dvh)] overflow-y-auto border-y border-line">
            {fitting.slice(0, most).map((model) => (
              <DiscoverRow
                key={model.name}
                model={model}
                isChosen={chosen.includes(model.name)}
                onToggle={toggle}
              />
            ))}
            {fitting.length === 0 && (
              <li className="px-2 py-3 text-ink-soft">{translate("none")}</li>
            )}
            {fitting.length > most && (
              <li className="p-2">
                <Button
                  size="sm"
                  variant="ghost"
                  onClick={() => {
                    setMost(most + step);
                  }}
                >
                  {translate("more", { count: fitting.length - most })}
                </Button>
              </li>
            )}
          </ul>
        </fieldset>
      )}
    </div>
  );
}
