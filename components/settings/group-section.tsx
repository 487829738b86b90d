"use client";

import { useTranslations } from "next-intl";
import type { Budget } from "@/lib/contracts/budgets";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { createGroup } from "./group-api";
import { GroupDialog } from "./group-dialog";
import { GroupRow } from "./group-row";
import { ItemAdd } from "./item-add";
import { SettingsSection } from "./settings-section";

type Props = {
  groups: readonly Group[];
  budgets: readonly Budget[];
  people: readonly GroupMember[];
  onChanged: () => Promise<void>;
};

/** People who share budgets. */
export function GroupSection({ groups, budgets, people, onChanged }: Props) {
  const translate = useTranslations("budgets.groups");
  return (
    <SettingsSection
      title={translate("title")}
      text={translate("text")}
      action={
        <ItemAdd
          label={translate("add")}
          dialog={(onOpenChange) => (
            <GroupDialog
              group={null}
              people={people}
              onOpenChange={onOpenChange}
              onSave={({ name, add }) => createGroup({ name, memberIds: add }).then(onChanged)}
            />
          )}
        />
      }
    >
      {groups.length === 0 ? (
        <p className="py-4 text-ink-soft">{translate("empty")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {groups.map((group) => (
            <GroupRow
              key={group.id}
              group={group}
              budgetCount={budgets.filter(({ subjectId }) => subjectId === group.id).length}
              people={people}
              onChanged={onChanged}
            />
          ))}
        </ul>
      )}
    </SettingsSection>
  );
}
