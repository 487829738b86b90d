"use client";

import { useLocale, useTranslations } from "next-intl";
import { sayBudgetAmount, type BudgetPart } from "@/lib/client/say-budget-amount";
import { useHydrated } from "@/lib/client/use-hydrated";
import type { BudgetStanding } from "@/lib/contracts/budgets";
import { BudgetBar } from "./budget-bar";
import { useFormats } from "./use-formats";

type Props = { budgets: readonly BudgetStanding[]; timeZone: string };

/** How each budget stands that covers the reader. */
export function BudgetList({ budgets, timeZone }: Props) {
  const translate = useTranslations("usage.own");
  if (budgets.length === 0) return <p className="text-ink-soft">{translate("noBudgets")}</p>;
  return (
    <ul className="divide-y divide-line">
      {budgets.map((budget) => (
        <li key={budget.budgetId} className="py-4 first:pt-0">
          <Budget budget={budget} timeZone={timeZone} />
        </li>
      ))}
    </ul>
  );
}

function Budget({ budget, timeZone }: { budget: BudgetStanding; timeZone: string }) {
  const translate = useTranslations("usage");
  const locale = useLocale();
  const formats = useFormats();
  const isHydrated = useHydrated();
  const { name, scope, unit, period, isHard, limit, used, held, resetsAt } = budget;
  const mark = budget.isAbout ? "≈ " : "";
  const say = (value: number, part: BudgetPart) =>
    unit === "tokens"
      ? translate("figures.tokenCount", { count: value, number: formats.count(value) })
      : sayBudgetAmount({ currency: unit, micros: value }, locale, part);
  // The unit is said once, after the limit.
  const sayBare = (value: number, part: BudgetPart) =>
    unit === "tokens" ? formats.count(value) : say(value, part);
  const kind = `${translate(`budget.scopes.${scope}`)} · ${translate(`budget.periods.${period}`)}`;
  const left = limit - used - held;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="min-w-0 font-medium break-words text-ink">
          {name}
          <span className="ms-2 text-small font-normal text-ink-faint">
            {kind}
            {!isHard && ` · ${translate("budget.soft")}`}
          </span>
        </h3>
        {period !== "turn" && (
          <p className="font-medium text-ink tabular-nums">
            {left >= 0
              ? translate("budget.left", { amount: mark + say(left, "left") })
              : translate("budget.over", { amount: mark + say(-left, "used") })}
          </p>
        )}
      </div>
      {period === "turn" ? (
        <p className="mt-1 text-ink-soft">
          {translate("budget.perTurn", { amount: say(limit, "limit") })}
        </p>
      ) : (
        <>
          <BudgetBar
            label={translate("budget.bar", {
              name,
              percent: formats.share(limit === 0 ? 1 : used / limit),
            })}
            used={used}
            held={held}
            limit={limit}
          />
          <p className="flex flex-wrap justify-between gap-x-4 text-small text-ink-soft tabular-nums">
            <span>
              {translate("budget.of", {
                used: mark + sayBare(used, "used"),
                limit: say(limit, "limit"),
              })}
              {held > 0 && ` · ${translate("budget.held", { amount: say(held, "used") })}`}
            </span>
            <span>
              {resetsAt === null
                ? period === "once" && translate("budget.once")
                : isHydrated &&
                  translate("budget.resets", { when: formats.moment(resetsAt, timeZone) })}
            </span>
          </p>
        </>
      )}
    </>
  );
}
