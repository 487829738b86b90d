"use client";

import { useTranslations } from "next-intl";
import type { Invite, UsersPage } from "@/lib/contracts/accounts";
import { InviteList } from "./invite-list";
import { MemberList } from "./member-list";
import { SettingsSection } from "./settings-section";

type Props = {
  userId: string;
  initialPage: UsersPage;
  initialInvites: Invite[];
  /** Who may register here, as SIGNUP says. */
  signup: "open" | "invite" | "closed";
  /** For telling which invites have expired, the same on server and browser. */
  now: string;
};

/** Who may use this instance, and who may join. */
export function PeopleSettings({ userId, initialPage, initialInvites, signup, now }: Props) {
  const translate = useTranslations("settings.people");
  return (
    <>
      <p className="mb-8 text-pretty text-ink-soft">{translate("text")}</p>
      {signup === "closed" ? (
        <p className="mb-8 text-pretty text-ink-soft">{translate("signupClosed")}</p>
      ) : (
        <InviteList initial={initialInvites} now={now} isOpen={signup === "open"} />
      )}
      <SettingsSection title={translate("members")}>
        <MemberList userId={userId} initial={initialPage} />
      </SettingsSection>
    </>
  );
}
