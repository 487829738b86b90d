"use client";

import { useTranslations } from "next-intl";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { deleteGroup, patchGroup } from "./group-api";
import { GroupDialog } from "./group-dialog";
import { ItemMenu } from "./item-menu";
import { ItemRow } from "./item-row";

type Props = {
  group: Group;
  budgetCount: number;
  people: readonly GroupMember[];
  onChanged: () => Promise<void>;
};

const shownNames = 5;

/** One group and who is in it. */
export function GroupRow({ group, budgetCount, people, onChanged }: Props) {
  const translate = useTranslations("budgets.groups");
  const { id, name, members } = group;
  const names = members
    .slice(0, shownNames)
    .map((member) => member.name)
    .join(translate("separator"));
  const others = members.length - shownNames;

  return (
    <ItemRow
      controls={
        <ItemMenu
          label={translate("moreOf", { name })}
          edit={{
            dialog: (onOpenChange) => (
              <GroupDialog
                group={group}
                people={people}
                onOpenChange={onOpenChange}
                onSave={(change) => patchGroup(id, change).then(onChanged)}
              />
            ),
          }}
          removal={{
            label: translate("remove"),
            title: translate("removeTitle", { name }),
            text: translate("removeText", { budgets: budgetCount }),
            doneText: translate("removed", { name }),
            nameToType: name,
            onRemove: () => deleteGroup(id),
            onRemoved: onChanged,
          }}
        />
      }
    >
      <h3 className="font-medium break-words text-ink">
        {name}
        <span className="ms-2 text-small font-normal text-ink-faint">
          {translate("members", { count: members.length })}
        </span>
      </h3>
      {members.length > 0 && (
        <p className="mt-0.5 text-small break-words text-ink-soft">
          {others > 0 ? translate("more", { names, others, count: members.length }) : names}
        </p>
      )}
    </ItemRow>
  );
}
