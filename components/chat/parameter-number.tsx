"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { Input } from "@/components/ui/input";
import { useComposition } from "@/lib/client/use-composition";
import { readNumber, type NumberName } from "@/lib/domain/parameters/number-fields";
import { useParameter } from "./parameter-context";

type ParameterNumberProps = {
  name: NumberName;
  id: string;
  /** Beside a slider, which has the name already. */
  isSecond?: boolean;
  className?: string;
};

/** What was typed, over which value, and whether that was all: half a number is no mistake yet. */
type Typing = { text: string; over: number | undefined; isLeft: boolean };

/** A number to type. Empty is the model's default; what is no number is kept to be mended. */
export function ParameterNumber({ name, id, isSecond = false, className }: ParameterNumberProps) {
  const translate = useTranslations("parameters");
  const composition = useComposition();
  const { value, set, isDisabled } = useParameter(name);
  const [typing, setTyping] = useState<Typing | null>(null);
  // What was typed over a value that is another one by now is stale.
  const typed = typing !== null && typing.over === value ? typing.text : null;
  const isWrong = typed !== null && readNumber(name, typed) === null;
  const isTold = isWrong && typing?.isLeft === true;
  const settle = () => {
    if (typing === null || typed === null) return;
    const number = readNumber(name, typed);
    if (number === null) {
      setTyping({ ...typing, isLeft: true });
      return;
    }
    setTyping(null);
    if (number !== value) set(number);
  };
  // The panel may be closed from within the field.
  const settleAtEnd = useEffectEvent(settle);
  useEffect(
    () => () => {
      settleAtEnd();
    },
    [],
  );
  return (
    <>
      {isTold && (
        <span id={`${id}-wrong`} role="alert" className="text-small text-bad">
          {translate("panel.notNumber")}
        </span>
      )}
      <Input
        {...(isSecond
          ? { "aria-label": translate("panel.asNumber", { name: translate(`names.${name}`) }) }
          : { id })}
        aria-describedby={`${isTold ? `${id}-wrong ` : ""}${id}-about ${id}-note`}
        aria-invalid={isWrong || undefined}
        inputMode={name === "seed" || name === "maxOutputTokens" ? "numeric" : "text"}
        autoComplete="off"
        disabled={isDisabled}
        placeholder={translate("panel.defaultShort")}
        value={typed ?? (value === undefined ? "" : String(value))}
        className={clsx("h-9! shrink-0 px-2.5! text-end tabular-nums", className)}
        onChange={(event) => {
          setTyping({ text: event.currentTarget.value, over: value, isLeft: false });
        }}
        onCompositionEnd={composition.onCompositionEnd}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !composition.isComposing(event)) settle();
        }}
      />
    </>
  );
}
