"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { readWholeNumber } from "@/lib/client/whole-number";
import { Field } from "./field";
import { Input } from "./input";

type Props = {
  label: string;
  hint?: ReactNode;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
};

/**
 * A number of a policy; taken when one leaves the field or presses Enter, Escape brings back what
 * it was.
 */
export function PolicyNumber({ label, hint, value, min, max, onChange }: Props) {
  const translate = useTranslations("context.policyFields");
  const [text, setText] = useState(String(value));
  const [isWrong, setIsWrong] = useState(false);
  const [shown, setShown] = useState(value);
  // Changed elsewhere, as by an undo.
  if (shown !== value) {
    setShown(value);
    setText(String(value));
    setIsWrong(false);
  }

  const commit = () => {
    const number = readWholeNumber(text);
    const isRight = number >= min && number <= max;
    setIsWrong(!isRight);
    if (isRight && number !== value) onChange(number);
  };

  return (
    <Field
      label={label}
      hint={hint}
      error={isWrong ? translate("numberInvalid", { min, max }) : undefined}
    >
      <Input
        value={text}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        className="max-w-36 tabular-nums"
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") commit();
          if (event.key === "Escape" && text !== String(value)) {
            // Not for the panel around it.
            event.stopPropagation();
            setText(String(value));
            setIsWrong(false);
          }
        }}
      />
    </Field>
  );
}
