import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InstanceForm } from "@/components/settings/instance-form";
import { SettingsPage } from "@/components/settings/settings-page";
import { findAliases } from "@/lib/server/db/aliases";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("instance") };
}

export default async function InstancePage() {
  const path = "/settings/instance";
  const actor = await requirePageAdmin(path);
  const [settings, aliases] = await whileDatabaseIsThere(path, () =>
    Promise.all([getInstanceSettings(), findAliases(actor)]),
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("instance")}>
      <InstanceForm initial={settings} aliases={aliases} />
    </SettingsPage>
  );
}
