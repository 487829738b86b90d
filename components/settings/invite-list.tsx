"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { callApi } from "@/lib/client/api";
import type { Invite } from "@/lib/contracts/accounts";
import { InviteDialog } from "./invite-dialog";
import { ItemAdd } from "./item-add";
import { SettingsSection } from "./settings-section";
import { useSave } from "./use-save";

type Props = { initial: Invite[]; now: string; isOpen: boolean };

/** Invites that nobody has used yet, and new ones. */
export function InviteList({ initial, now, isOpen }: Props) {
  const translate = useTranslations("settings.people");
  const format = useFormatter();
  const save = useSave();
  const [invites, setInvites] = useState(initial);
  const waiting = invites.filter(({ usedAt, expiresAt }) => usedAt === null && expiresAt > now);

  const revoke = async ({ id }: Invite) => {
    const change = () => callApi("DELETE", `/api/admin/invites/${id}`);
    if (await save({ change, text: translate("revoked") }))
      setInvites((before) => before.filter((invite) => invite.id !== id));
  };

  return (
    <SettingsSection
      title={translate("invites")}
      text={isOpen ? translate("signupOpen") : translate("invitesText")}
      action={
        <ItemAdd
          label={translate("invite")}
          dialog={(onOpenChange) => (
            <InviteDialog
              onOpenChange={onOpenChange}
              onCreated={(invite) => {
                setInvites((before) => [invite, ...before]);
              }}
            />
          )}
        />
      }
    >
      {waiting.length === 0 ? (
        <p className="py-4 text-ink-soft">{translate("noInvites")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {waiting.map((invite) => (
            <li key={invite.id} className="flex items-center gap-4 py-3.5">
              <div className="min-w-0 flex-1">
                <p className="break-all text-ink">{invite.email ?? translate("anybody")}</p>
                <p className="text-small text-ink-faint">
                  {translate(`roles.${invite.role}`)} ·{" "}
                  {translate("expires", {
                    date: format.dateTime(new Date(invite.expiresAt), { dateStyle: "medium" }),
                  })}
                </p>
              </div>
              <Button
                size="sm"
                aria-label={translate("revokeFor", {
                  name: invite.email ?? translate("anybody"),
                })}
                onClick={() => void revoke(invite)}
              >
                {translate("revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </SettingsSection>
  );
}
