"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { sortModels } from "./suggest-model";

type Props = {
  /** What the provider listed; may be empty. */
  models: readonly string[];
  /** The chosen ones, the default first. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Whether the first chosen one becomes the default of new conversations. */
  hasDefault: boolean;
};

// Providers list up to thousands of models; nobody scrolls through more than these.
const shownAtMost = 150;

/** Models to tick in a list that can be searched; a name that is not in it can be typed. */
export function ModelPicker({ models, chosen, onChange, hasDefault }: Props) {
  const translate = useTranslations("setup.models");
  const [search, setSearch] = useState("");
  const groupId = useId();
  const wanted = search.trim();

  // What was chosen at first comes first, so that it is in sight; nothing moves while one ticks.
  const [first] = useState(chosen);
  const all = useMemo(() => {
    const typed = chosen.filter((name) => !models.includes(name) && !first.includes(name));
    return [...new Set([...typed, ...first, ...sortModels(models)])];
  }, [models, chosen, first]);
  const fitting = all.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  const shown = fitting.slice(0, shownAtMost);
  const canAdd = wanted !== "" && !all.includes(wanted);

  const toggle = (name: string) => {
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  };
  const add = () => {
    if (!canAdd) return;
    onChange([...chosen, wanted]);
    setSearch("");
  };

  return (
    <div className="flex flex-col gap-4">
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
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            // Enter means this name, not the whole form.
            event.preventDefault();
            if (canAdd) add();
            else if (fitting.length === 1 && fitting[0] !== undefined) toggle(fitting[0]);
          }}
        />
      </Field>
      {canAdd && (
        <Button className="max-w-full self-start" onClick={add}>
          <Plus aria-hidden />
          <span className="truncate">{translate("add", { name: wanted })}</span>
        </Button>
      )}
      {all.length > 0 && (
        <fieldset className="min-w-0">
          <legend className="sr-only">{translate("list")}</legend>
          <div className="max-h-[min(24rem,45dvh)] overflow-y-auto border-y border-line">
            {shown.map((name) => (
              <label
                key={name}
                htmlFor={`${groupId}-${name}`}
                className="flex min-h-11 items-center gap-3 rounded-control px-3 py-2 [contain-intrinsic-size:auto_2.75rem] [content-visibility:auto] hover:bg-hover"
              >
                <input
                  id={`${groupId}-${name}`}
                  type="checkbox"
                  checked={chosen.includes(name)}
                  onChange={() => {
                    toggle(name);
                  }}
                  className="size-4 shrink-0"
                />
                <span className="min-w-0 break-all">{name}</span>
              </label>
            ))}
            {shown.length === 0 && <p className="px-3 py-3 text-ink-soft">{translate("none")}</p>}
            {fitting.length > shown.length && (
              <p className="px-3 py-3 text-ink-soft">
                {translate("more", { count: fitting.length - shown.length })}
              </p>
            )}
          </div>
          <p role="status" className="mt-2 text-small text-ink-faint">
            {translate("selected", { count: chosen.length })}
          </p>
        </fieldset>
      )}
      {hasDefault && chosen.length > 1 && (
        <Field label={translate("default")}>
          <Select
            value={chosen[0] ?? ""}
            options={chosen.toSorted().map((name) => ({ value: name, label: name }))}
            onValueChange={(name) => {
              onChange([name, ...chosen.filter((one) => one !== name)]);
            }}
          />
        </Field>
      )}
    </div>
  );
}
