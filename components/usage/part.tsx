import type { ReactNode } from "react";

type Props = { title: string; text?: string; action?: ReactNode; children: ReactNode };

/** A part of a page of figures, under its heading. */
export function Part({ title, text, action, children }: Props) {
  return (
    <section className="mt-12">
      <header className="mb-4 flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line pb-2">
        <div className="min-w-0">
          <h2 className="text-base font-semibold text-ink">{title}</h2>
          {text !== undefined && <p className="mt-1 text-pretty text-ink-soft">{text}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
