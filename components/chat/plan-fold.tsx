"use client";

import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ContextPolicy, PlanEntry } from "@/lib/contracts/context";
import { PlanState } from "./plan-state";

type PlanFoldProps = {
  run: readonly PlanEntry[];
  policy: ContextPolicy;
  isOpen: boolean;
  /** It goes on where nothing is loaded yet. */
  hasMore: boolean;
  onToggle: () => void;
};

/** Many messages with one fate, as one line that opens. */
export function PlanFold({ run, policy, isOpen, hasMore, onToggle }: PlanFoldProps) {
  const translate = useTranslations("context.plan");
  const format = useFormatter();
  const [first] = run;
  if (first === undefined) return null;
  const tokens = run.reduce((sum, entry) => sum + entry.tokens, 0);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex w-full items-baseline gap-2 py-2.5 ps-5 pe-3 text-start hover:bg-hover focus-visible:outline-offset-[-2px]"
        onClick={onToggle}
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2 text-ui text-ink-soft">
            {translate(hasMore ? "runMany" : "run", { count: run.length })}
            {!hasMore && (
              <span className="ms-auto text-small text-ink-faint tabular-nums">
                <span aria-hidden>{format.number(tokens)}</span>
                <span className="sr-only">{translate("tokens", { count: tokens })}</span>
              </span>
            )}
          </span>
          <PlanState entry={first} policy={policy} />
        </span>
        <span className="inline-flex shrink-0 items-center gap-1 text-small text-accent">
          {translate(isOpen ? "hide" : "show")}
          <ChevronDown
            aria-hidden
            className={`size-4 transition-transform duration-150 ${isOpen ? "rotate-180" : ""}`}
          />
        </span>
      </button>
    </li>
  );
}
