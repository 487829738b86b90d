import { useLocale, useTranslations } from "next-intl";
import { sayBudgetAmount, type BudgetPart } from "@/lib/client/say-budget-amount";
import type { Budget, BudgetUnit } from "@/lib/contracts/budgets";

/** Amounts of a budget, and whom it covers, in the reader's words. */
export function useBudgetWords() {
  const translate = useTranslations("budgets");
  const locale = useLocale();
  return {
    /** Beside another amount that says the unit. */
    sayBare: (unit: BudgetUnit, amount: number, part: BudgetPart): string =>
      unit === "tokens"
        ? new Intl.NumberFormat(locale).format(amount)
        : sayBudgetAmount({ currency: unit, micros: amount }, locale, part),
    sayUnits: (unit: BudgetUnit, amount: number, part: BudgetPart): string =>
      unit === "tokens"
        ? translate("tokens", { count: amount })
        : sayBudgetAmount({ currency: unit, micros: amount }, locale, part),
    sayKind: ({ scope, subjectName, period }: Budget): string =>
      translate("row.kind", {
        scope: translate(`scopes.${scope}`, { name: subjectName ?? translate("gone") }),
        period: translate(`periods.${period}`),
      }),
  };
}
