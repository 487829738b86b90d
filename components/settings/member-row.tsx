"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { callApi } from "@/lib/client/api";
import { userSchema, type User, type UserPatch } from "@/lib/contracts/accounts";
import { useSave } from "./use-save";

type Props = { user: User; isSelf: boolean; onChanged: (user: User) => void };

const roles = ["admin", "member"] as const;

/** One person: role and access, changed at once on every device of theirs. */
export function MemberRow({ user, isSelf, onChanged }: Props) {
  const translate = useTranslations("settings.people");
  const format = useFormatter();
  const save = useSave();
  const [isAsking, setIsAsking] = useState(false);
  const { id, name, email, role, isActive, createdAt } = user;

  const conflictText = translate("lastAdmin");
  const patch = async (body: UserPatch) => {
    onChanged(await callApi("PATCH", `/api/admin/users/${id}`, { body, schema: userSchema }));
  };
  const setRole = (next: User["role"]) =>
    save({
      change: () => patch({ role: next }),
      undo: () => patch({ role }),
      text: translate("roleChanged", { name, role: next }),
      conflictText,
    });
  const setActive = (next: boolean) =>
    save({
      change: () => patch({ isActive: next }),
      undo: () => patch({ isActive }),
      text: translate(next ? "activated" : "deactivated", { name }),
      conflictText,
    });
  const becomeMember = async () => {
    // Without an undo: whoever is no admin any more can't make themselves one.
    if (await save({ change: () => patch({ role: "member" }), conflictText }))
      window.location.assign("/settings");
  };

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3.5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words text-ink">
          {name}
          {isSelf && <span className="ms-2 font-normal text-ink-faint">{translate("you")}</span>}
        </p>
        <p className="text-small break-all text-ink-faint">
          {email} ·{" "}
          {translate("joined", {
            date: format.dateTime(new Date(createdAt), { dateStyle: "medium" }),
          })}
          {!isActive && <span className="text-warn"> · {translate("inactive")}</span>}
        </p>
      </div>
      <Select
        className="w-32"
        value={role}
        aria-label={translate("role", { name })}
        options={roles.map((value) => ({ value, label: translate(`roles.${value}`) }))}
        onValueChange={(next) => {
          if (next === role) return;
          if (isSelf) setIsAsking(true);
          else void setRole(next);
        }}
      />
      <span className="flex items-center gap-2 text-ink-soft">
        <span aria-hidden>{translate("access")}</span>
        <Switch
          isOn={isActive}
          // Nobody locks themselves out; another admin can.
          disabled={isSelf}
          aria-label={translate("isActive", { name })}
          onChange={(next) => void setActive(next)}
        />
      </span>
      <ConfirmDialog
        title={translate("demote")}
        description={translate("demoteYourself")}
        confirmLabel={translate("demote")}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        onConfirm={becomeMember}
      />
    </li>
  );
}
