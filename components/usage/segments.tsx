"use client";

import { clsx } from "clsx";
import { useId } from "react";
import { usePicked } from "./use-picked";

type Props<Value extends string> = {
  /** What is chosen here, read aloud. */
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  className?: string;
};

/** One of a few words, side by side; the arrow keys go through them. */
export function Segments<Value extends string>(props: Props<Value>) {
  const { label, value, options, onChange, className } = props;
  const name = useId();
  const [picked, pick] = usePicked(value);
  return (
    <fieldset className={clsx("flex min-w-0 flex-wrap gap-1", className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            "relative inline-flex min-h-8 cursor-pointer items-center rounded-control px-3 text-ui transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent max-frame:min-h-10",
            option.value === picked
              ? "bg-hover font-medium text-ink"
              : "text-ink-soft hover:bg-hover hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === picked}
            onChange={() => {
              pick(option.value);
              onChange(option.value);
            }}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
