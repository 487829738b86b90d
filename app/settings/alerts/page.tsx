import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AlertSettings } from "@/components/settings/alert-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("alerts") };
}

export default async function AlertsPage() {
  const path = "/settings/alerts";
  await requirePageAdmin(path);
  const { alertTokensPerCall, alertCallsPerMinute } = await whileDatabaseIsThere(
    path,
    getInstanceSettings,
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("alerts")}>
      <AlertSettings thresholds={{ alertTokensPerCall, alertCallsPerMinute }} />
    </SettingsPage>
  );
}
