import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ModelSettings } from "@/components/settings/model-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { findAliases } from "@/lib/server/db/aliases";
import { findModels } from "@/lib/server/db/models";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";
import { listProviders } from "@/lib/server/providers/manage-providers";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("models") };
}

export default async function ModelsPage() {
  const path = "/settings/models";
  const actor = await requirePageAdmin(path);
  const [providers, models, aliases] = await whileDatabaseIsThere(path, () =>
    Promise.all([listProviders(actor), findModels(actor), findAliases(actor)]),
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("models")}>
      <ModelSettings initial={{ providers, models, aliases }} />
    </SettingsPage>
  );
}
