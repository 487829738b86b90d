"use client";

import { clsx } from "clsx";
import { useId, type ReactNode } from "react";
import { FieldContext } from "./field-context";

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong; replaces nothing, so that the hint still helps. */
  error?: ReactNode;
  /** The label is only read aloud; the placeholder or the place says it to the eye. */
  isLabelHidden?: boolean;
  className?: string;
  /** One Input, Textarea, Select or Switch. */
  children: ReactNode;
};

/** A control with its label, hint and error. */
export function Field({ label, hint, error, isLabelHidden, className, children }: FieldProps) {
  const id = useId();
  const hasHint = hint !== undefined && hint !== null;
  const hasError = error !== undefined && error !== null && error !== "";
  const described = [hasHint && `${id}-hint`, hasError && `${id}-error`].filter(Boolean).join(" ");
  return (
    <FieldContext
      value={{ id, describedBy: described === "" ? undefined : described, isInvalid: hasError }}
    >
      <div className={clsx("flex flex-col gap-1.5", className)}>
        <label
          htmlFor={id}
          className={clsx("text-ui font-medium text-ink", isLabelHidden === true && "sr-only")}
        >
          {label}
        </label>
        {children}
        {hasHint && (
          <p id={`${id}-hint`} className="text-small text-ink-faint">
            {hint}
          </p>
        )}
        <p
          id={`${id}-error`}
          role="alert"
          className={clsx("text-small text-bad", !hasError && "hidden")}
        >
          {hasError ? error : null}
        </p>
      </div>
    </FieldContext>
  );
}
