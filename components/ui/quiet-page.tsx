import type { ReactNode } from "react";

type QuietPageProps = { title: string; text: ReactNode; children?: ReactNode };

/** A page that only says one thing: not found, broken, starting. */
export function QuietPage({ title, text, children }: QuietPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6 pb-[12dvh]">
      <h1 className="text-xl font-semibold text-balance">{title}</h1>
      <p className="text-base leading-relaxed text-ink-soft">{text}</p>
      {children !== undefined && <div className="mt-3 flex flex-wrap gap-3">{children}</div>}
    </main>
  );
}
