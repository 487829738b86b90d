"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { deleteGroup, patchGroup } from "./group-api";
import { GroupDialog } from "./group-dialog";
import { useSave } from "./use-save";

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
  const translateCommon = useTranslations("common");
  const save = useSave();
  const [open, setOpen] = useState<"edit" | "remove">();
  const { id, name, members } = group;
  const names = members
    .slice(0, shownNames)
    .map((member) => member.name)
    .join(translate("separator"));
  const others = members.length - shownNames;

  const remove = async () => {
    const text = translate("removed", { name });
    if (!(await save({ change: () => deleteGroup(id), text })))
      throw new Error("The group was not removed.");
    await onChanged();
  };
  const onOpenChange = (isOpen: boolean) => {
    if (!isOpen) setOpen(undefined);
  };

  return (
    <li className="flex items-start gap-2 py-3.5">
      <div className="min-w-0 flex-1">
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
      </div>
      <Menu>
        <MenuTrigger>
          <IconButton label={translate("moreOf", { name })}>
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
        <GroupDialog
          group={group}
          people={people}
          onOpenChange={onOpenChange}
          onSave={(change) => patchGroup(id, change).then(onChanged)}
        />
      )}
      <ConfirmDialog
        title={translate("removeTitle", { name })}
        description={translate("removeText", { budgets: budgetCount })}
        confirmLabel={translate("remove")}
        nameToType={name}
        isOpen={open === "remove"}
        onOpenChange={onOpenChange}
        onConfirm={remove}
      />
    </li>
  );
}
