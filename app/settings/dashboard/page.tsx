import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SettingsPage } from "@/components/settings/settings-page";
import { findDay } from "@/components/usage/days";
import { TeamUsage } from "@/components/usage/team-usage";
import { findModels } from "@/lib/server/db/models";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("dashboard") };
}

export default async function DashboardPage() {
  const path = "/settings/dashboard";
  const actor = await requirePageAdmin(path);
  const [{ timeZone, totalsCurrency }, models] = await whileDatabaseIsThere(path, () =>
    Promise.all([getInstanceSettings(), findModels(actor)]),
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("dashboard")} isWide>
      <TeamUsage
        today={findDay(timeZone, new Date())}
        timeZone={timeZone}
        totalsCurrency={totalsCurrency}
        models={models.map(({ id, name }) => ({ id, label: name }))}
      />
    </SettingsPage>
  );
}
