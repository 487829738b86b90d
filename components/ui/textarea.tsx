"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";
import { useFieldControl } from "./field-context";

/** Text of many lines, which grows with what is in it where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={clsx(
        controlClass,
        "field-sizing-content max-h-[60dvh] min-h-24 resize-y px-3 py-2 leading-relaxed",
        className,
      )}
      {...rest}
      {...useFieldControl(rest)}
    />
  );
}
