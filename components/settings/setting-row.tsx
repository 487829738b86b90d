"use client";

import { clsx } from "clsx";
import { useId, type ReactNode } from "react";
import { FieldContext } from "@/components/ui/field-context";

type Props = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** Long text gets the whole width, under its label. */
  isWide?: boolean;
  /** Only something to read: there is no control that a label could be for. */
  isStatic?: boolean;
  /** One control of components/ui, or several in a group that names itself. */
  children: ReactNode;
};

/** One setting: what it is at the left, its control at the right; on a phone one under the other. */
export function SettingRow(props: Props) {
  const { label, hint, error, isWide = false, isStatic = false, children } = props;
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  const isInvalid = error !== undefined;
  return (
    <FieldContext value={{ id, describedBy: described === "" ? undefined : described, isInvalid }}>
      <div
        className={clsx(
          "grid gap-x-8 gap-y-2.5 py-5",
          !isWide && "sm:grid-cols-[minmax(0,1fr)_minmax(0,17rem)]",
        )}
      >
        <div className="min-w-0">
          {isStatic ? (
            <p className="font-medium text-ink">{label}</p>
          ) : (
            <label htmlFor={id} className="font-medium text-ink">
              {label}
            </label>
          )}
          {hint !== undefined && (
            <p id={`${id}-hint`} className="mt-1 text-ink-soft">
              {hint}
            </p>
          )}
        </div>
        <div className="min-w-0">
          {children}
          <p id={`${id}-error`} role="alert" className="mt-1.5 text-small text-bad empty:hidden">
            {error}
          </p>
        </div>
      </div>
    </FieldContext>
  );
}
