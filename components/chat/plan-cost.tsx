"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ContextPlanView } from "@/lib/contracts/context";

/** What the next turn costs. */
export function PlanCost({ cost }: { cost: ContextPlanView["cost"] }) {
  const translate = useTranslations("context.plan");
  const format = useFormatter();
  const say = (micros: number, currency: string) =>
    format.number(micros / 1_000_000, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      maximumSignificantDigits: 3,
    });
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
