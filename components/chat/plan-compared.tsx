"use client";

import { useTranslations } from "next-intl";
import type { ContextPlanView } from "@/lib/contracts/context";
import { describeFullest, useSayCost } from "./use-context-figures";
import { UnknownCost } from "./unknown-cost";

/** The models that are asked side by side: which of them the plan is of, and what each is sent. */
export function PlanCompared({ plan }: { plan: ContextPlanView }) {
  const translate = useTranslations("context");
  const sayCost = useSayCost();
  const fullest = describeFullest(plan);
  if (fullest === null) return null;
  return (
    <div className="flex flex-col gap-2 text-small">
      <p className="text-pretty text-ink-soft">{translate("plan.compared", fullest)}</p>
      <ul aria-label={translate("plan.comparedList")} className="flex flex-col gap-1">
        {plan.sideBySide.map(({ model, window, inputTokens, refusal, cost }) => (
          <li key={model.id} className="flex flex-wrap items-baseline gap-x-3 tabular-nums">
            <span className="min-w-0 flex-1 truncate">{model.label}</span>
            <span className={refusal === null ? "text-ink-soft" : "text-bad"}>
              {window === null
                ? translate("gauge.ofUnknown", { used: inputTokens })
                : translate("gauge.of", { used: inputTokens, window, isAbout: "true" })}
            </span>
            <span className="text-ink-soft">
              {cost === null ? <UnknownCost /> : sayCost(cost).input}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
