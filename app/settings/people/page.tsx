import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PeopleSettings } from "@/components/settings/people-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { findInvites } from "@/lib/server/db/invites";
import { findUsers } from "@/lib/server/db/users";
import { env } from "@/lib/server/env";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";

const firstPage = 50;

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("people") };
}

export default async function PeoplePage() {
  const path = "/settings/people";
  const actor = await requirePageAdmin(path);
  const [page, invites] = await whileDatabaseIsThere(path, () =>
    Promise.all([findUsers(actor, { limit: firstPage }), findInvites(actor)]),
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("people")}>
      <PeopleSettings
        userId={actor.userId}
        initialPage={page}
        initialInvites={invites}
        signup={env().SIGNUP}
        now={new Date().toISOString()}
      />
    </SettingsPage>
  );
}
