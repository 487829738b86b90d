import type { ReactNode } from "react";

/** What the page is for, in large, and a word about it. */
export function EntryTitle({ children, text }: { children: ReactNode; text?: ReactNode }) {
  return (
    <header className="mb-7">
      <h1 className="text-2xl leading-tight font-semibold text-balance text-ink">{children}</h1>
      {text !== undefined && <p className="mt-2 text-base text-pretty text-ink-soft">{text}</p>}
    </header>
  );
}
