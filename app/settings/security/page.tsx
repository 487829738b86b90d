import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SecuritySettings } from "@/components/settings/security-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { requireProfile } from "@/lib/server/db/profile";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("security") };
}

export default async function SecurityPage() {
  const path = "/settings/security";
  const actor = await requirePageActor(path);
  const { hasPassword, email } = await whileDatabaseIsThere(path, () => requireProfile(actor));
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("security")}>
      <SecuritySettings hasPassword={hasPassword} email={email} />
    </SettingsPage>
  );
}
