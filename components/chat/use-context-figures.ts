"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ContextPlanView, PlanCost } from "@/lib/contracts/context";
import { showPlan, type ShownPlan } from "@/lib/client/chat/context-plan-shown";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";

/** The plan's figures with what was typed since; null before the first plan. */
export function useShownPlan(): ShownPlan | null {
  const { plan, draftTokens } = useContextPlan();
  return useMemo(() => (plan === null ? null : showPlan(plan, draftTokens)), [plan, draftTokens]);
}

/** What a turn costs, to two figures: more would claim more than is known. */
export function useSayCost(): (cost: PlanCost) => { input: string; most: string } {
  const format = useFormatter();
  return ({ currency, inputMicros, mostMicros, isConverted = false }) => {
    const say = (micros: number) =>
      (isConverted ? "≈ " : "") +
      format.number(micros / 1_000_000, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        maximumSignificantDigits: 2,
      });
    return { input: say(inputMicros), most: say(mostMicros) };
  };
}

/** Of several models, which one the gauge is of; null where one is asked. */
export function describeFullest(plan: ContextPlanView | null) {
  if (!plan?.model || plan.sideBySide.length === 0) return null;
  const isFullest = String(plan.window !== null);
  return { model: plan.model.label, count: plan.sideBySide.length, isFullest };
}

/** The gauge in words. */
export function useGaugeName(
  plan: ContextPlanView | null,
  shown: ShownPlan | null,
  hasFailed: boolean,
): string {
  const translate = useTranslations("context.gauge");
  const sayCost = useSayCost();
  if (shown === null) return translate(hasFailed ? "failed" : "loading");
  const { window, inputTokens, cost, isAbout } = shown;
  const fullest = describeFullest(plan);
  const costs = { hasCost: cost === null ? "false" : "true", cost: "" };
  if (cost !== null) {
    const { input } = sayCost(cost);
    costs.cost = fullest === null ? input : translate("costCompared", { cost: input });
  }
  const name =
    window === null
      ? translate("nameUnknown", { used: inputTokens, ...costs })
      : translate("name", { used: inputTokens, window, isAbout: String(isAbout), ...costs });
  return fullest === null ? name : translate("nameCompared", { name, ...fullest });
}
