import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ProviderPage } from "@/components/settings/provider-page";
import { SettingsPage } from "@/components/settings/settings-page";
import { idSchema } from "@/lib/contracts/ids";
import { findModels } from "@/lib/server/db/models";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";
import { listProviders } from "@/lib/server/providers/manage-providers";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("models") };
}

export default async function OneProviderPage({ params }: PageProps<"/settings/models/[id]">) {
  const id = idSchema.safeParse((await params).id);
  if (!id.success) notFound();
  const path = `/settings/models/${id.data}`;
  const actor = await requirePageAdmin(path);
  const [providers, models, instance] = await whileDatabaseIsThere(path, () =>
    Promise.all([listProviders(actor), findModels(actor), getInstanceSettings()]),
  );
  const provider = providers.find((one) => one.id === id.data);
  // The demo has neither address nor key nor limits.
  if (provider === undefined || provider.source === "demo") notFound();
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage
      title={provider.name}
      parents={[{ href: "/settings/models", label: translate("models") }]}
    >
      <ProviderPage
        initial={{ provider, models: models.filter((one) => one.providerId === provider.id) }}
        instance={instance}
      />
    </SettingsPage>
  );
}
