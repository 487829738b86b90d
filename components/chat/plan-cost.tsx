"use client";

import { useTranslations } from "next-intl";
import type { ContextPlanView } from "@/lib/contracts/context";
import { useSayMoney } from "./use-context-figures";

/** What the next turn costs. */
export function PlanCost({ cost }: { cost: ContextPlanView["cost"] }) {
  const translate = useTranslations("context.plan");
  const say = useSayMoney();
  return (
    <p className="text-small text-pretty text-ink-soft tabular-nums">
      {cost === null
        ? translate("costUnknown")
        : translate("cost", {
            input: say(cost.inputMicros, cost.currency),
            most: say(cost.mostMicros, cost.currency),
          })}
    </p>
  );
}
