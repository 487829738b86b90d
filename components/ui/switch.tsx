"use client";

import { clsx } from "clsx";
import { Switch as RadixSwitch } from "radix-ui";
import type { ComponentProps } from "react";
import { useFieldControl } from "./field-context";

type SwitchProps = Omit<
  ComponentProps<typeof RadixSwitch.Root>,
  "checked" | "onCheckedChange" | "onChange" | "asChild"
> & {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

/** On or off, at once. Give it a Field around or an aria-label. */
export function Switch({ isOn, onChange, className, ...rest }: SwitchProps) {
  return (
    <RadixSwitch.Root
      {...rest}
      {...useFieldControl(rest)}
      checked={isOn}
      onCheckedChange={onChange}
      className={clsx(
        "inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-raised p-0.5 transition-colors duration-150 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
    >
      <RadixSwitch.Thumb className="size-4.5 rounded-full bg-ink-faint transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  );
}
