import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnKeysSettings } from "@/components/settings/own-keys-settings";
import { SettingsPage } from "@/components/settings/settings-page";
import { findMemberProviders } from "@/lib/server/db/provider-keys";
import { requirePageActor, whileDatabaseIsThere } from "@/lib/server/http/page";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("own-keys") };
}

export default async function OwnKeysPage() {
  const path = "/settings/own-keys";
  const actor = await requirePageActor(path);
  const providers = await whileDatabaseIsThere(path, () => findMemberProviders(actor));
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage title={translate("own-keys")}>
      <OwnKeysSettings initial={providers} />
    </SettingsPage>
  );
}
