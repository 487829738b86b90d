"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { showPlan, type ShownPlan } from "@/lib/client/chat/context-plan-shown";
import { useContextPlan } from "@/lib/client/chat/use-context-plan";

/** The plan's figures with what was typed since; null before the first plan. */
export function useShownPlan(): ShownPlan | null {
  const { plan, draftTokens } = useContextPlan();
  return useMemo(() => (plan === null ? null : showPlan(plan, draftTokens)), [plan, draftTokens]);
}

/** Money, to two figures: more would claim more than is known. */
export function useSayMoney(): (micros: number, currency: string) => string {
  const format = useFormatter();
  return (micros, currency) =>
    format.number(micros / 1_000_000, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      maximumSignificantDigits: 2,
    });
}

/** The gauge in words. */
export function useGaugeName(shown: ShownPlan | null, hasFailed: boolean): string {
  const translate = useTranslations("context.gauge");
  const sayMoney = useSayMoney();
  if (shown === null) return translate(hasFailed ? "failed" : "loading");
  const { window, inputTokens, cost, isAbout } = shown;
  const costs = {
    hasCost: cost === null ? "false" : "true",
    cost: cost === null ? "" : sayMoney(cost.inputMicros, cost.currency),
  };
  return window === null
    ? translate("nameUnknown", { used: inputTokens, ...costs })
    : translate("name", { used: inputTokens, window, isAbout: String(isAbout), ...costs });
}
