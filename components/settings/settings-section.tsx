import type { ReactNode } from "react";

type Props = { title: string; text?: ReactNode; action?: ReactNode; children: ReactNode };

/** Settings that belong together, under a heading. */
export function SettingsSection({ title, text, action, children }: Props) {
  return (
    <section className="not-first-of-type:mt-12">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 border-b border-line pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-base font-semibold text-ink">{title}</h2>
          {text !== undefined && <p className="mt-1 text-pretty text-ink-soft">{text}</p>}
        </div>
        {action}
      </header>
      <div className="divide-y divide-line">{children}</div>
    </section>
  );
}
