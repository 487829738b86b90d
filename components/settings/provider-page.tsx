"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Model, Provider } from "@/lib/contracts/providers";
import type { InstanceSettings } from "@/lib/contracts/settings";
import { EditProviderDialog } from "./edit-provider-dialog";
import { readCatalogue } from "./models-api";
import { ProviderKeys } from "./provider-keys";
import { ProviderLimits } from "./provider-limits";
import { ProviderTest } from "./provider-test";
import { SettingsSection } from "./settings-section";

type Props = {
  initial: { provider: Provider; models: Model[] };
  /** What holds where the provider says nothing. */
  instance: InstanceSettings;
};

/** Everything about one provider but its models: where it is, its keys, its limits, its health. */
export function ProviderPage({ initial, instance }: Props) {
  const translate = useTranslations("providers.test");
  const router = useRouter();
  const [{ provider, models }, setShown] = useState(initial);

  const refresh = async () => {
    const catalogue = await readCatalogue();
    const now = catalogue.providers.find(({ id }) => id === provider.id);
    if (now === undefined) {
      router.replace("/settings/models");
      return;
    }
    const own = catalogue.models.filter(({ providerId }) => providerId === now.id);
    setShown({ provider: now, models: own });
  };

  return (
    <>
      <Connection provider={provider} onChanged={refresh} />
      <ProviderKeys provider={provider} onChanged={refresh} />
      <ProviderLimits
        key={provider.id}
        provider={provider}
        instance={instance}
        onChanged={refresh}
      />
      <SettingsSection title={translate("action")} text={translate("text")}>
        <div className="pt-5">
          <ProviderTest providerId={provider.id} models={models} onChanged={refresh} />
        </div>
      </SettingsSection>
    </>
  );
}

type ConnectionProps = { provider: Provider; onChanged: () => Promise<void> };

function Connection({ provider, onChanged }: ConnectionProps) {
  const translate = useTranslations("providers.page");
  const translatePresets = useTranslations("providers.presets");
  const [isEditing, setIsEditing] = useState(false);
  const { name, kind, baseUrl, apiVersion, source } = provider;
  const facts: [string, string][] = [
    [translate("name"), name],
    [translate("kind"), translate(`kinds.${kind}`)],
    [translate("address"), baseUrl],
    ...(apiVersion === null
      ? []
      : ([[translatePresets("apiVersion"), apiVersion]] as [string, string][])),
  ];

  return (
    <SettingsSection
      title={translate("connection")}
      {...(source === "environment" ? { text: translate("environment") } : {})}
      {...(source === "admin"
        ? {
            action: (
              <Button
                aria-label={translate("connectionEditLabel")}
                onClick={() => {
                  setIsEditing(true);
                }}
              >
                {translate("connectionEdit")}
              </Button>
            ),
          }
        : {})}
    >
      <dl className="flex flex-col gap-2.5 py-4">
        {facts.map(([label, value]) => (
          <div key={label} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4">
            <dt className="text-ink-soft">{label}</dt>
            <dd className="break-words text-ink">{value}</dd>
          </div>
        ))}
      </dl>
      {isEditing && (
        <EditProviderDialog provider={provider} onOpenChange={setIsEditing} onChanged={onChanged} />
      )}
    </SettingsSection>
  );
}
