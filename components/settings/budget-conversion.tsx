"use client";

import { useLocale, useTranslations } from "next-intl";
import { sayAmount } from "@/lib/client/say-amount";
import type { Budget } from "@/lib/contracts/budgets";
import type { BudgetMoney } from "./budget-money";

type Props = { budgets: readonly Budget[]; money: BudgetMoney };

/** How prices in one currency count in budgets in the other. */
export function BudgetConversion({ budgets, money }: Props) {
  const translate = useTranslations("budgets.convert");
  const locale = useLocale();
  const foreign = money.pricedIn.find((currency) =>
    budgets.some(({ unit }) => unit !== "tokens" && unit !== currency),
  );
  if (foreign === undefined) return null;
  const { cnyPerUsdMicros: micros } = money;
  return (
    <p className="py-4 text-pretty text-ink-soft">
      {micros === null
        ? translate("none", { foreign })
        : translate("rate", { rate: sayAmount({ currency: "CNY", micros }, locale, "exact") })}
    </p>
  );
}
