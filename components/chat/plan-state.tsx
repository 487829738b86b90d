"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { ContextPolicy, PlanEntry, PlanState as State } from "@/lib/contracts/context";

const dots: Record<State, string> = {
  kept: "bg-accent",
  shortened: "border-2 border-accent bg-accent/40",
  summarised: "border-2 border-accent",
  left_out: "border-2 border-line-strong",
};

type PlanStateProps = {
  entry: Pick<PlanEntry, "state" | "reason">;
  policy: ContextPolicy;
};

/** What becomes of a message, and why, on one quiet line. */
export function PlanState({ entry: { state, reason }, policy }: PlanStateProps) {
  const translate = useTranslations("context");
  return (
    <span className="mt-1 flex items-baseline gap-1.5 text-small text-ink-faint">
      <span aria-hidden className={clsx("size-2 shrink-0 rounded-full", dots[state])} />
      <span className={clsx("shrink-0 font-medium", state === "left_out" ? "" : "text-ink-soft")}>
        {translate(`plan.states.${state}`)}
      </span>
      <span aria-hidden>·</span>
      <span className="min-w-0 text-pretty">{translate(`reasons.${reason}`, policy)}</span>
    </span>
  );
}

/** Of an answer that is still being written. */
export function LivePlanState() {
  const translate = useTranslations("context.plan");
  return (
    <span className="mt-1 block text-small text-ink-faint">
      <span className="font-medium text-ink-soft">{translate("live")}</span>
      <span aria-hidden> · </span>
      {translate("liveHint")}
    </span>
  );
}
