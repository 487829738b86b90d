"use client";

import { useId, useState, type ReactNode } from "react";
import { Input } from "@/components/ui/input";
import { SettingRow } from "./setting-row";

type Props = {
  label: string;
  hint?: ReactNode;
  value: string;
  maxLength?: number;
  autoComplete?: string;
  /** A whole number: a phone shows its digits, and the figures stand in columns. */
  isNumber?: boolean;
  /** An amount: the same, with a decimal point. */
  isAmount?: boolean;
  /** What holds while nothing is set. */
  placeholder?: string;
  /** Names at hand, of which one can be taken or another be typed. */
  options?: readonly string[];
  /** What stands under the text. */
  children?: ReactNode;
  /** What is wrong with the text, trimmed; undefined when nothing is. */
  findError: (text: string) => string | undefined;
  onSave: (text: string) => Promise<boolean>;
};

/**
 * A line of text or a number that is saved when one leaves it or presses Enter; Escape brings
 * back what it was. Give it a key with the value, so that an undo shows.
 */
export function TextRow(props: Props) {
  const { label, hint, value, maxLength, placeholder, autoComplete = "off" } = props;
  const { isNumber = false, isAmount = false, options, children } = props;
  const listId = useId();
  const [text, setText] = useState(value);
  const [error, setError] = useState<string>();

  const commit = () => {
    const trimmed = text.trim();
    const wrong = props.findError(trimmed);
    setError(wrong);
    if (wrong === undefined && trimmed !== value) void props.onSave(trimmed);
  };

  return (
    <SettingRow label={label} hint={hint} error={error}>
      <Input
        value={text}
        maxLength={maxLength}
        autoComplete={autoComplete}
        placeholder={placeholder}
        {...(isNumber || isAmount
          ? { inputMode: isAmount ? "decimal" : "numeric", className: "tabular-nums" }
          : {})}
        {...(options === undefined ? {} : { list: listId, spellCheck: false })}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") commit();
          if (event.key === "Escape") {
            setText(value);
            setError(undefined);
          }
        }}
      />
      {options !== undefined && (
        <datalist id={listId}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {children}
    </SettingRow>
  );
}
