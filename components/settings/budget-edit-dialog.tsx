"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Budget, BudgetPatch } from "@/lib/contracts/budgets";
import { findProblems, readLimit, writeLimit } from "./budget-draft";
import { BudgetForm } from "./budget-form";
import { BudgetLimitFields } from "./budget-limit-fields";
import { useBudgetWords } from "./use-budget-words";

type Props = {
  budget: Budget;
  onOpenChange: (isOpen: boolean) => void;
  onSave: (patch: BudgetPatch) => Promise<void>;
};

/** Changes what may change of a budget; what is used of it stays. */
export function BudgetEditDialog({ budget, onOpenChange, onSave }: Props) {
  const translate = useTranslations("budgets");
  const { sayKind } = useBudgetWords();
  const { name, unit, limit, isHard, allowsUnpriced } = budget;
  const [draft, setDraft] = useState({
    ...{ name, unit, isHard, allowsUnpriced },
    limit: writeLimit(unit, limit),
  });
  const [isChecked, setIsChecked] = useState(false);

  const save = () => {
    setIsChecked(true);
    const typed = readLimit(unit, draft.limit);
    if (typed === null || draft.name.trim() === "") return null;
    const { unit: _, ...rest } = draft;
    return onSave({ ...rest, limit: typed });
  };

  return (
    <BudgetForm
      title={translate("dialog.edit", { name })}
      onOpenChange={onOpenChange}
      onSubmit={save}
    >
      <BudgetLimitFields
        draft={draft}
        problems={isChecked ? findProblems(draft) : null}
        onChange={(changed) => {
          setDraft((before) => ({ ...before, ...changed }));
        }}
      />
      <p className="text-small text-pretty text-ink-faint">
        {translate("dialog.fixed", { what: sayKind(budget) })}
      </p>
    </BudgetForm>
  );
}
