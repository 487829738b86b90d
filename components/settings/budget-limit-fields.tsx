"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { limits } from "@/lib/contracts/limits";
import type { BudgetDraft, findProblems } from "./budget-draft";

type Fields = Pick<BudgetDraft, "name" | "unit" | "limit" | "isHard" | "allowsUnpriced">;

type Props = {
  draft: Fields;
  /** Null: nothing is said yet. */
  problems: ReturnType<typeof findProblems> | null;
  onChange: (changed: Partial<Fields>) => void;
};

/** What may change of a budget: its name, its limit, and what happens when that is reached. */
export function BudgetLimitFields({ draft, problems, onChange }: Props) {
  const translate = useTranslations("budgets.dialog");
  const translateUnit = useTranslations("budgets.units");
  const { name, unit, limit, isHard, allowsUnpriced } = draft;
  const isMoney = unit !== "tokens";
  return (
    <>
      <Field
        label={translate("limit", { unit: translateUnit(unit) })}
        error={
          problems?.isLimitWrong === true
            ? translate(isMoney ? "limitMoneyInvalid" : "limitInvalid")
            : undefined
        }
      >
        <Input
          value={limit}
          inputMode={isMoney ? "decimal" : "numeric"}
          autoComplete="off"
          maxLength={18}
          className="tabular-nums"
          onChange={(event) => {
            onChange({ limit: event.currentTarget.value });
          }}
        />
      </Field>
      <Field
        label={translate("name")}
        hint={translate("nameHint")}
        error={problems?.isNameMissing === true ? translate("nameMissing") : undefined}
      >
        <Input
          value={name}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            onChange({ name: event.currentTarget.value });
          }}
        />
      </Field>
      <Field label={translate("hardness")}>
        <Select
          value={isHard ? "hard" : "soft"}
          options={(["hard", "soft"] as const).map((value) => ({
            value,
            label: translate(value),
          }))}
          onValueChange={(next) => {
            onChange({ isHard: next === "hard" });
          }}
        />
      </Field>
      {isMoney && isHard && (
        <Field label={translate("allowsUnpriced")} hint={translate("allowsUnpricedHint")}>
          <Switch
            isOn={allowsUnpriced}
            onChange={(next) => {
              onChange({ allowsUnpriced: next });
            }}
          />
        </Field>
      )}
    </>
  );
}
