"use client";

import { useTranslations } from "next-intl";
import type { Budget } from "@/lib/contracts/budgets";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { BudgetConversion } from "./budget-conversion";
import { BudgetDialog } from "./budget-dialog";
import { BudgetRow } from "./budget-row";
import type { BudgetMoney } from "./budget-money";
import { ItemAdd } from "./item-add";
import { SettingsSection } from "./settings-section";

type Props = {
  budgets: Budget[];
  groups: readonly Group[];
  people: readonly GroupMember[];
  money: BudgetMoney;
  onChanged: () => Promise<void>;
};

/** All budgets, with how each stands. */
export function BudgetSection({ budgets, groups, people, money, onChanged }: Props) {
  const translate = useTranslations("budgets");
  return (
    <SettingsSection
      title={translate("title")}
      text={translate("text")}
      action={
        <ItemAdd
          label={translate("add")}
          dialog={(onOpenChange) => (
            <BudgetDialog
              groups={groups}
              people={people}
              timeZone={money.timeZone}
              onOpenChange={onOpenChange}
              onChanged={onChanged}
            />
          )}
        />
      }
    >
      {budgets.length === 0 ? (
        <p className="py-4 text-pretty text-ink-soft">{translate("empty")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {budgets.map((budget) => (
            <BudgetRow key={budget.id} budget={budget} money={money} onChanged={onChanged} />
          ))}
        </ul>
      )}
      <BudgetConversion budgets={budgets} money={money} />
    </SettingsSection>
  );
}
