"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { createBudget } from "./budget-api";
import { emptyBudget, findProblems, toBudget, type BudgetDraft } from "./budget-draft";
import { BudgetForm } from "./budget-form";
import { BudgetLimitFields } from "./budget-limit-fields";
import { BudgetScopeFields } from "./budget-scope-fields";

type Props = {
  groups: readonly Group[];
  people: readonly GroupMember[];
  /** The team's, which the budget keeps. */
  timeZone: string;
  onOpenChange: (isOpen: boolean) => void;
  onChanged: () => Promise<void>;
};

const periods = ["month", "day", "once", "turn"] as const;
const units = ["CNY", "USD", "tokens"] as const;

/** Makes a budget: for whom, how it counts, and what happens when it is used up. */
export function BudgetDialog({ groups, people, timeZone, onOpenChange, onChanged }: Props) {
  const translate = useTranslations("budgets");
  const [draft, setDraft] = useState<BudgetDraft>(emptyBudget);
  const [isChecked, setIsChecked] = useState(false);
  const change = (changed: Partial<BudgetDraft>) => {
    setDraft((before) => ({ ...before, ...changed }));
  };
  const { period, unit } = draft;
  const hint =
    period === "turn"
      ? translate("dialog.turnHint")
      : period === "once"
        ? translate("dialog.onceHint")
        : translate("dialog.zoneHint", { zone: timeZone });

  return (
    <BudgetForm
      title={translate("dialog.add")}
      onOpenChange={onOpenChange}
      onSubmit={() => {
        setIsChecked(true);
        const body = toBudget(draft);
        return body && createBudget(body).then(onChanged);
      }}
    >
      <BudgetScopeFields draft={draft} groups={groups} people={people} onChange={change} />
      <div className="grid grid-cols-2 items-start gap-4">
        <Field label={translate("dialog.period")} hint={hint}>
          <Select
            value={period}
            options={periods.map((value) => ({
              value,
              label: translate(`dialog.periods.${value}`),
            }))}
            onValueChange={(next) => {
              change({ period: next });
            }}
          />
        </Field>
        <Field label={translate("dialog.unit")}>
          <Select
            value={unit}
            options={units.map((value) => ({ value, label: translate(`units.${value}`) }))}
            onValueChange={(next) => {
              change({ unit: next });
            }}
          />
        </Field>
      </div>
      <BudgetLimitFields
        draft={draft}
        problems={isChecked ? findProblems(draft) : null}
        onChange={change}
      />
    </BudgetForm>
  );
}
