"use client";

import { useTranslations } from "next-intl";
import type { Budget } from "@/lib/contracts/budgets";
import { BudgetMeter } from "./budget-meter";
import { BudgetResets } from "./budget-resets";
import { BudgetShares } from "./budget-shares";
import { useBudgetWords } from "./use-budget-words";

type Props = {
  budget: Budget;
  /** Some of it was converted at the team’s rate. */
  isAbout: boolean;
};

/** How a budget stands in its present period: as a whole, or for those who count by themselves. */
export function BudgetStandingView({ budget, isAbout }: Props) {
  const translate = useTranslations("budgets.row");
  const { sayUnits, sayBare } = useBudgetWords();
  const { unit, period, limit, scope, shares } = budget;
  if (period === "turn")
    return (
      <p className="text-small text-ink-soft">
        {translate("turn", { limit: sayUnits(unit, limit, "limit") })}
      </p>
    );
  if (scope === "each_user" || scope === "each_key")
    return <BudgetShares budget={budget} isAbout={isAbout} />;
  const { used = 0, held = 0 } = shares[0] ?? {};
  const left = limit - used - held;
  const mark = isAbout ? "≈ " : "";
  return (
    <div className="flex flex-col gap-1.5">
      <BudgetMeter
        label={translate("bar", {
          name: budget.name,
          percent: Math.round((100 * used) / limit),
          held: Math.round((100 * held) / limit),
        })}
        used={used}
        held={held}
        limit={limit}
      />
      <p className="flex flex-wrap gap-x-4 text-small text-ink-soft tabular-nums">
        <span className="text-ink">
          {left < 0
            ? translate("over", { amount: mark + sayUnits(unit, -left, "used") })
            : translate("left", { amount: mark + sayUnits(unit, left, "left") })}
        </span>
        <span>
          {translate("of", {
            used: mark + sayBare(unit, used, "used"),
            limit: sayUnits(unit, limit, "limit"),
          })}
        </span>
        {held > 0 && <span>{translate("held", { amount: sayUnits(unit, held, "used") })}</span>}
        <BudgetResets budget={budget} />
      </p>
    </div>
  );
}
