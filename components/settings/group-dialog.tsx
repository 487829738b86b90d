"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { limits } from "@/lib/contracts/limits";
import { BudgetForm } from "./budget-form";
import { GroupMembersField } from "./group-members-field";

type Change = { name: string; add: string[]; remove: string[] };

type Props = {
  /** Null: a new one. */
  group: Group | null;
  people: readonly GroupMember[];
  onOpenChange: (isOpen: boolean) => void;
  onSave: (change: Change) => Promise<void>;
};

/** Names a group and says who is in it. */
export function GroupDialog({ group, people, onOpenChange, onSave }: Props) {
  const translate = useTranslations("budgets.groups");
  const [name, setName] = useState(group?.name ?? "");
  const [problem, setProblem] = useState<string>();
  const before = group?.members.map(({ id }) => id) ?? [];
  const [chosen, setChosen] = useState<readonly string[]>(before);
  // Who is in it stays to be seen, even when their account is not in use any more.
  const others = (group?.members ?? []).filter(({ id }) => !people.some((one) => one.id === id));

  const save = () => {
    if (name.trim() === "") {
      setProblem(translate("nameMissing"));
      return null;
    }
    return onSave({
      name,
      add: chosen.filter((id) => !before.includes(id)),
      remove: before.filter((id) => !chosen.includes(id)),
    });
  };

  return (
    <BudgetForm
      title={group === null ? translate("add") : translate("edit", { name: group.name })}
      onOpenChange={onOpenChange}
      onSubmit={save}
      onConflict={() => {
        setProblem(translate("nameTaken"));
      }}
    >
      <Field label={translate("name")} error={problem}>
        <Input
          value={name}
          autoComplete="off"
          maxLength={limits.nameCharacters}
          onChange={(event) => {
            setProblem(undefined);
            setName(event.currentTarget.value);
          }}
        />
      </Field>
      <GroupMembersField people={[...others, ...people]} chosen={chosen} onChange={setChosen} />
    </BudgetForm>
  );
}
