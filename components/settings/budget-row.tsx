"use client";

import { useTranslations } from "next-intl";
import type { Budget, BudgetPatch } from "@/lib/contracts/budgets";
import { deleteBudget, patchBudget } from "./budget-api";
import { BudgetEditDialog } from "./budget-edit-dialog";
import { isConverted, type BudgetMoney } from "./budget-money";
import { BudgetStandingView } from "./budget-standing";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";
import { SavedSwitch } from "./saved-switch";
import { useBudgetWords } from "./use-budget-words";

type Props = { budget: Budget; money: BudgetMoney; onChanged: () => Promise<void> };

/** One budget: whom it covers, how it stands, and whether it is in use. */
export function BudgetRow({ budget, money, onChanged }: Props) {
  const translate = useTranslations("budgets");
  const { sayKind } = useBudgetWords();
  const { id, name, isHard, isEnabled, allowsUnpriced, unit, period, timeZone } = budget;
  const hasDays = period === "day" || period === "month";
  const facts = [
    sayKind(budget),
    ...(isHard ? [] : [translate("soft")]),
    ...(allowsUnpriced && unit !== "tokens" ? [translate("row.allowsUnpriced")] : []),
    ...(hasDays && timeZone !== money.timeZone ? [translate("row.zone", { zone: timeZone })] : []),
  ];

  const patch = async (body: BudgetPatch) => {
    await patchBudget(id, body);
    await onChanged();
  };

  return (
    <ItemRow
      controls={
        <>
          <SavedSwitch
            isOn={isEnabled}
            aria-label={translate("row.enable", { name })}
            onSave={(isOn) => patch({ isEnabled: isOn })}
          />
          <ItemMenu
            label={translate("row.more", { name })}
            edit={{
              dialog: (onOpenChange) => (
                <BudgetEditDialog budget={budget} onOpenChange={onOpenChange} onSave={patch} />
              ),
            }}
            removal={{
              label: translate("remove"),
              title: translate("removeTitle", { name }),
              text: translate("removeText"),
              doneText: translate("removed", { name }),
              nameToType: name,
              onRemove: () => deleteBudget(id),
              onRemoved: onChanged,
            }}
          />
        </>
      }
    >
      <h3 className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
        <span className="min-w-0 break-words">{name}</span>
        {!isEnabled && (
          <span className="text-small font-normal text-ink-faint">{translate("off")}</span>
        )}
      </h3>
      <p className="mt-0.5 text-small text-pretty break-words text-ink-faint">
        {facts.join(" · ")}
      </p>
      {isEnabled && (
        <div className="mt-2.5">
          <BudgetStandingView budget={budget} isAbout={isConverted(unit, money)} />
        </div>
      )}
    </ItemRow>
  );
}
