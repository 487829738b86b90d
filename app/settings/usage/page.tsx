import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsPage } from "@/components/settings/settings-page";
import { findDay } from "@/components/usage/days";
import { OwnUsage } from "@/components/usage/own-usage";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("usage") };
}

export default async function UsagePage() {
  const path = "/settings/usage";
  await requirePageActor(path);
  const { timeZone, totalsCurrency } = await whileDatabaseIsThere(path, getInstanceSettings);
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("usage")}>
      <OwnUsage
        today={findDay(timeZone, new Date())}
        timeZone={timeZone}
        totalsCurrency={totalsCurrency}
      />
    </SettingsPage>
  );
}
