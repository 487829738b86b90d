"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Budget } from "@/lib/contracts/budgets";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { BudgetConversion } from "./budget-conversion";
import { BudgetDialog } from "./budget-dialog";
import { BudgetRow } from "./budget-row";
import type { BudgetMoney } from "./budget-money";
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
  const [isMaking, setIsMaking] = useState(false);
  return (
    <SettingsSection
      title={translate("title")}
      text={translate("text")}
      action={
        <Button
          onClick={() => {
            setIsMaking(true);
          }}
        >
          <Plus aria-hidden />
          {translate("add")}
        </Button>
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
      {isMaking && (
        <BudgetDialog
          groups={groups}
          people={people}
          timeZone={money.timeZone}
          onOpenChange={setIsMaking}
          onChanged={onChanged}
        />
      )}
    </SettingsSection>
  );
}
