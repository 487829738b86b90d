"use client";

import { useTranslations } from "next-intl";
import { findCostGap } from "@/lib/client/chat/context-plan-compared";
import type { ContextPlanView, PlanCost as Cost } from "@/lib/contracts/context";
import { useSayCost } from "./use-context-figures";

type PlanCostProps = {
  plan: Pick<ContextPlanView, "sideBySide">;
  /** With what was typed since. */
  cost: Cost | null;
};

/** What the next turn costs. */
export function PlanCost({ plan, cost }: PlanCostProps) {
  const translate = useTranslations("context.plan");
  const say = useSayCost();
  const count = plan.sideBySide.length;
  const sayKnown = (known: Cost) =>
    count === 0
      ? translate("cost", say(known))
      : translate("costCompared", { count, ...say(known) });
  const sayUnknown = () =>
    count === 0
      ? translate("costUnknown")
      : translate("costUnknownCompared", { reason: findCostGap(plan) });
  return (
    <p className="text-small text-pretty text-ink-soft tabular-nums">
      {cost === null ? sayUnknown() : sayKnown(cost)}
    </p>
  );
}
