"use client";

import { useState, type ReactNode } from "react";
import { Input } from "@/components/ui/input";
import { SettingRow } from "./setting-row";
import { readWholeNumber } from "@/lib/client/whole-number";

type Props = {
  label: string;
  hint?: ReactNode;
  /** null: nothing is set. */
  value: number | null;
  /** What holds while nothing is set. */
  placeholder: string;
  /** What is said of a number that does not fit. */
  invalidText: string;
  isRight: (number: number) => boolean;
  onSave: (number: number | null) => Promise<boolean>;
};

/**
 * A whole number that may be left empty; saved when one leaves it or presses Enter, Escape brings
 * back what it was. Give it a key with the value, so that an undo shows.
 */
export function NumberRow(props: Props) {
  const { label, hint, value, placeholder, invalidText } = props;
  const before = value === null ? "" : String(value);
  const [text, setText] = useState(before);
  const [error, setError] = useState<string>();

  const commit = () => {
    const number = text.trim() === "" ? null : readWholeNumber(text);
    const isWrong = number !== null && !props.isRight(number);
    setError(isWrong ? invalidText : undefined);
    if (!isWrong && number !== value) void props.onSave(number);
  };

  return (
    <SettingRow label={label} hint={hint} error={error}>
      <Input
        value={text}
        placeholder={placeholder}
        inputMode="numeric"
        autoComplete="off"
        maxLength={15}
        className="tabular-nums"
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") commit();
          if (event.key === "Escape") {
            setText(before);
            setError(undefined);
          }
        }}
      />
    </SettingRow>
  );
}
