"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { useFieldControl } from "./field-context";

/** A line of text. Inside a Field it is tied to its label. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={clsx(controlClass, "h-10 px-3", className)}
      {...rest}
      {...useFieldControl(rest)}
    />
  );
}
