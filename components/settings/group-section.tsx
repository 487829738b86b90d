"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Budget } from "@/lib/contracts/budgets";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { createGroup } from "./group-api";
import { GroupDialog } from "./group-dialog";
import { GroupRow } from "./group-row";
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
      {isMaking && (
        <GroupDialog
          group={null}
          people={people}
          onOpenChange={setIsMaking}
          onSave={({ name, add }) => createGroup({ name, memberIds: add }).then(onChanged)}
        />
      )}
    </SettingsSection>
  );
}
