import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ModelPage } from "@/components/settings/model-page";
import { SettingsPage } from "@/components/settings/settings-page";
import { idSchema } from "@/lib/contracts/ids";
import { findModels } from "@/lib/server/db/models";
import { findPriceVersions } from "@/lib/server/db/prices";
import { getInstanceSettings } from "@/lib/server/db/settings";
import { requirePageAdmin, whileDatabaseIsThere } from "@/lib/server/http/page";
import { listProviders } from "@/lib/server/providers/manage-providers";
import { listPricePresets } from "@/lib/server/providers/model-prices";

export async function generateMetadata(): Promise<Metadata> {
  const translate = await getTranslations("settings.pages");
  return { title: translate("models") };
}

export default async function OneModelPage({
  params,
}: PageProps<"/settings/models/[id]/[modelId]">) {
  const { id, modelId } = await params;
  if (!idSchema.safeParse(id).success || !idSchema.safeParse(modelId).success) notFound();
  const path = `/settings/models/${id}/${modelId}`;
  const actor = await requirePageAdmin(path);
  const [providers, models] = await whileDatabaseIsThere(path, () =>
    Promise.all([listProviders(actor), findModels(actor)]),
  );
  const provider = providers.find((one) => one.id === id);
  const model = models.find((one) => one.id === modelId && one.providerId === id);
  if (provider === undefined || model === undefined) notFound();
  const [versions, presets, { timeZone }] = await whileDatabaseIsThere(path, () =>
    Promise.all([
      findPriceVersions(actor, modelId),
      listPricePresets(actor, model),
      getInstanceSettings(),
    ]),
  );
  const translate = await getTranslations("settings.pages");
  return (
    <SettingsPage
      title={model.name}
      parents={[
        { href: "/settings/models", label: translate("models") },
        // The demo has no page of its own.
        ...(provider.source === "demo"
          ? []
          : [{ href: `/settings/models/${id}`, label: provider.name }]),
      ]}
    >
      <ModelPage
        provider={provider}
        initial={model}
        prices={{ initial: versions, presets, timeZone }}
      />
    </SettingsPage>
  );
}
