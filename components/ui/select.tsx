"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { useFieldControl } from "./field-context";

export type SelectOption<Value extends string = string> = {
  value: Value;
  label: string;
  isDisabled?: boolean;
};

type SelectProps<Value extends string> = Omit<
  ComponentProps<"select">,
  "value" | "onChange" | "children"
> & {
  value: Value;
  options: readonly SelectOption<Value>[];
  onValueChange: (value: Value) => void;
};

/** One of a few. The system's own list: right on a phone, for screen readers and typing ahead. */
export function Select<Value extends string>({
  options,
  onValueChange,
  className,
  ...rest
}: SelectProps<Value>) {
  return (
    <span className={clsx("relative inline-flex", className ?? "w-full")}>
      <select
        {...rest}
        {...useFieldControl(rest)}
        className={clsx(controlClass, "h-10 appearance-none py-0 ps-3 pe-9 text-ellipsis")}
        onChange={(event) => {
          const option = options[event.currentTarget.selectedIndex];
          if (option !== undefined) onValueChange(option.value);
        }}
      >
        {options.map(({ value, label, isDisabled }) => (
          <option key={value} value={value} disabled={isDisabled} className="bg-raised text-ink">
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-ink-faint"
      />
    </span>
  );
}
