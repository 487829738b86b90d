"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import type { Budget, BudgetPatch } from "@/lib/contracts/budgets";
import { deleteBudget, patchBudget } from "./budget-api";
import { BudgetEditDialog } from "./budget-edit-dialog";
import { isConverted, type BudgetMoney } from "./budget-money";
import { BudgetStandingView } from "./budget-standing";
import { useBudgetWords } from "./use-budget-words";
import { useSave } from "./use-save";

type Props = { budget: Budget; money: BudgetMoney; onChanged: () => Promise<void> };

/** One budget: whom it covers, how it stands, and whether it is in use. */
export function BudgetRow({ budget, money, onChanged }: Props) {
  const translate = useTranslations("budgets");
  const translateCommon = useTranslations("common");
  const save = useSave();
  const { sayKind } = useBudgetWords();
  const [open, setOpen] = useState<"edit" | "remove">();
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
  const remove = async () => {
    const text = translate("removed", { name });
    if (!(await save({ change: () => deleteBudget(id), text })))
      throw new Error("The budget was not removed.");
    await onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <li className="flex items-start gap-2 py-4">
      <div className="flex min-w-0 flex-1 flex-col gap-2.5">
        <div>
          <h3 className="flex flex-wrap items-center gap-x-2 font-medium text-ink">
            <span className="min-w-0 break-words">{name}</span>
            {!isEnabled && (
              <span className="text-small font-normal text-ink-faint">{translate("off")}</span>
            )}
          </h3>
          <p className="mt-0.5 text-small text-pretty break-words text-ink-faint">
            {facts.join(" · ")}
          </p>
        </div>
        {isEnabled && <BudgetStandingView budget={budget} isAbout={isConverted(unit, money)} />}
      </div>
      <Switch
        isOn={isEnabled}
        aria-label={translate("row.enable", { name })}
        className="mt-1.5"
        onChange={(next) =>
          void save({
            change: () => patch({ isEnabled: next }),
            undo: () => patch({ isEnabled: !next }),
          })
        }
      />
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("row.more", { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        </MenuTrigger>
        <MenuContent align="end">
          <MenuItem
            icon={<Pencil aria-hidden />}
            onSelect={() => {
              setOpen("edit");
            }}
          >
            {translateCommon("edit")}
          </MenuItem>
          <MenuItem
            isDangerous
            icon={<Trash2 aria-hidden />}
            onSelect={() => {
              setOpen("remove");
            }}
          >
            {translate("remove")}
          </MenuItem>
        </MenuContent>
      </Menu>
      {open === "edit" && (
        <BudgetEditDialog budget={budget} onOpenChange={onOpenChange} onSave={patch} />
      )}
      <ConfirmDialog
        title={translate("removeTitle", { name })}
        description={translate("removeText")}
        confirmLabel={translate("remove")}
        nameToType={name}
        isOpen={open === "remove"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}
