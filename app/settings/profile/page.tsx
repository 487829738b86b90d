import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileSettings } from "@/components/settings/profile-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { requireProfile } from "@/lib/server/db/profile";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";
import { readPreferences } from "@/lib/server/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("profile") };
}

export default async function ProfilePage() {
  const path = "/settings/profile";
  const actor = await requirePageActor(path);
  const [profile, { contextPolicy }] = await whileDatabaseIsThere(path, () =>
    Promise.all([requireProfile(actor), getInstanceSettings()]),
  );
  const { theme } = await readPreferences();
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("profile")}>
      <ProfileSettings profile={profile} initialTheme={theme} instancePolicy={contextPolicy} />
    </SettingsPage>
  );
}
