import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type Props = { title: ReactNode; hint: ReactNode; isBusy?: boolean; onChoose: () => void };

/** One answer to a question: a quiet row that leads on. */
export function ChoiceRow({ title, hint, isBusy = false, onChoose }: Props) {
  return (
    <li>
      <button
        type="button"
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) onChoose();
        }}
        className="group flex w-full items-center gap-4 rounded-control px-3 py-3.5 text-left transition-colors hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block text-[0.9375rem] font-medium text-ink">{title}</span>
          <span className="mt-0.5 block text-ink-soft">{hint}</span>
        </span>
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-ink-faint transition-transform group-hover:translate-x-0.5"
        />
      </button>
    </li>
  );
}

/** Answers that belong together, under a small heading where there are several such groups. */
export function ChoiceList({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="not-first-of-type:mt-6">
      {title !== undefined && (
        <h2 className="mb-1 px-3 text-[0.78125rem] font-medium text-ink-faint">{title}</h2>
      )}
      <ul className="divide-y divide-line border-y border-line">{children}</ul>
    </section>
  );
}
