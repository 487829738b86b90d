import type { ReactNode } from "react";

/** A breathing dot, and what one waits for. */
export function WaitingLine({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex min-h-7 items-center gap-2.5 text-ui text-ink-soft">
      <span aria-hidden className="breathe-text size-2.5 shrink-0 rounded-full bg-ink-faint" />
      {children}
    </p>
  );
}
