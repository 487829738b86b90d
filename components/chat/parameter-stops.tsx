"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { useComposition } from "@/lib/client/use-composition";
import { addStop, showStop, stopLimits } from "@/lib/domain/parameters/stop-text";
import { useParameter } from "./parameter-context";
import { ParameterRow } from "./parameter-row";

/** Where the answer ends: up to four sequences, typed one after another. */
export function ParameterStops() {
  const translate = useTranslations("parameters.stops");
  const id = useId();
  const composition = useComposition();
  const field = useRef<HTMLInputElement>(null);
  const { value: stops = [], set, isDisabled } = useParameter("stop");
  const [typed, setTyped] = useState("");
  const isFull = stops.length >= stopLimits.count;
  const add = () => {
    const next = addStop(stops, typed);
    setTyped("");
    if (next !== stops) set([...next]);
  };
  // The panel may be closed from within the field.
  const addAtEnd = useEffectEvent(add);
  useEffect(
    () => () => {
      addAtEnd();
    },
    [],
  );
  const remove = (stop: string) => {
    const rest = stops.filter((one) => one !== stop);
    set(rest.length === 0 ? undefined : rest);
    field.current?.focus();
  };
  return (
    <ParameterRow name="stop" id={id} controlId={id}>
      {stops.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {stops.map((stop) => (
            <li
              key={stop}
              className="flex max-w-full items-center gap-0.5 rounded-control border border-line bg-surface ps-2"
            >
              <code className="truncate font-mono text-small whitespace-pre">{showStop(stop)}</code>
              <button
                type="button"
                aria-label={translate("remove", { stop: showStop(stop) })}
                disabled={isDisabled}
                className="flex size-7 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink disabled:opacity-50"
                onClick={() => {
                  remove(stop);
                }}
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Input
        ref={field}
        id={id}
        aria-describedby={`${id}-about ${id}-note`}
        disabled={isDisabled || isFull}
        value={typed}
        maxLength={stopLimits.characters}
        placeholder={translate(isFull ? "full" : "add")}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
        className="h-9! px-2.5! font-mono"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onCompositionEnd={composition.onCompositionEnd}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !composition.isComposing(event)) add();
          else if (event.key === "Backspace" && typed === "" && !event.repeat) {
            const last = stops.at(-1);
            if (last !== undefined) remove(last);
          }
        }}
      />
    </ParameterRow>
  );
}
