"use client";

import { useTranslations } from "next-intl";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { BudgetBar } from "./budget-bar";
import { Part } from "./part";
import { useFormats } from "./use-formats";

type Props = { tokensPerCall: Dashboard["tokensPerCall"] };

/** How large a call is on average, against the size that raises an alert. */
export function PerCallPart({ tokensPerCall }: Props) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const { average, threshold } = tokensPerCall;
  const said = { threshold: formats.count(threshold) };
  if (average === null) {
    return (
      <Part title={translate("perCall.title")}>
        <p className="text-ink-soft">{translate("perCall.none")}</p>
      </Part>
    );
  }
  const rounded = Math.round(average);
  return (
    <Part title={translate("perCall.title")}>
      <p className="text-ink-soft">{translate("perCall.average")}</p>
      <p className="mt-1 text-xl font-semibold tabular-nums">
        {translate("figures.tokenCount", { count: rounded, number: formats.count(rounded) })}
      </p>
      <BudgetBar
        label={translate("perCall.bar", { percent: formats.share(average / threshold) })}
        used={average}
        held={0}
        limit={threshold}
      />
      <p className="mt-3 text-small text-ink-soft">
        {translate(average > threshold ? "perCall.over" : "perCall.threshold", said)}
      </p>
    </Part>
  );
}
