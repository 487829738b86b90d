"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import type { BudgetDraft } from "./budget-draft";

type Props = {
  draft: Pick<BudgetDraft, "scope" | "subjectId">;
  groups: readonly Group[];
  people: readonly GroupMember[];
  onChange: (changed: Pick<BudgetDraft, "scope" | "subjectId">) => void;
};

const scopes = ["instance", "each_user", "group", "user"] as const;

/** Whom a new budget covers. */
export function BudgetScopeFields({ draft, groups, people, onChange }: Props) {
  const translate = useTranslations("budgets.dialog");
  const { scope, subjectId } = draft;
  const subjects = {
    group: groups.map(({ id, name }) => ({ value: id, label: name })),
    user: people.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` })),
  };
  const named = scope === "group" || scope === "user" ? scope : null;
  const isBare = groups.length === 0;
  return (
    <>
      <Field label={translate("scope")}>
        <Select
          value={scope}
          options={scopes.map((value) => ({
            value,
            label:
              value === "group" && isBare ? translate("noGroups") : translate(`scopes.${value}`),
            isDisabled: value === "group" && isBare,
          }))}
          onValueChange={(next) => {
            const [first] = next === "group" || next === "user" ? subjects[next] : [];
            onChange({ scope: next, subjectId: first?.value ?? "" });
          }}
        />
      </Field>
      {named !== null && (
        <Field label={translate(named)}>
          <Select
            value={subjectId}
            options={subjects[named]}
            onValueChange={(next) => {
              onChange({ scope, subjectId: next });
            }}
          />
        </Field>
      )}
    </>
  );
}
