import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BudgetSettings } from "@/components/settings/budget-settings";
import { MoneyPrices } from "@/components/settings/money-prices";
import { SettingsPage } from "@/components/settings/settings-page";
import { findBudgets } from "@/lib/server/db/budgets";
import { findGroups, findPeople } from "@/lib/server/db/groups";
import { getInstanceSettings, isTimeZoneChosen } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";
import { listModelPrices } from "@/lib/server/providers/model-prices";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("budgets") };
}

export default async function BudgetsPage() {
  const path = "/settings/budgets";
  const actor = await requirePageAdmin(path);
  const [settings, isZoneChosen, prices, budgets, groups, people] = await whileDatabaseIsThere(
    path,
    () =>
      Promise.all([
        getInstanceSettings(),
        isTimeZoneChosen(),
        listModelPrices(actor),
        findBudgets(actor),
        findGroups(actor),
        findPeople(actor),
      ]),
  );
  const { timeZone, cnyPerUsdMicros } = settings;
  const pricedIn = [...new Set(prices.flatMap(({ current }) => current?.amounts?.currency ?? []))];
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("budgets")}>
      <BudgetSettings
        initialBudgets={budgets}
        initialGroups={groups}
        people={people}
        money={{ timeZone, cnyPerUsdMicros, pricedIn }}
      />
      <MoneyPrices settings={settings} isZoneChosen={isZoneChosen} prices={prices} />
    </SettingsPage>
  );
}
