"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Model, Provider } from "@/lib/contracts/providers";
import { DiscoverButton } from "./discover-button";
import { ModelRow } from "./model-row";
import { patchProvider } from "./models-api";
import { ProviderMenu } from "./provider-menu";
import { ProviderTestDialog } from "./provider-test-dialog";
import { SavedSwitch } from "./saved-switch";

type Props = { provider: Provider; models: Model[]; onChanged: () => Promise<void> };

/** A provider: what it is, whether it is used, and its models. */
export function ProviderSection({ provider, models, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const { id, name, source, isEnabled } = provider;

  return (
    <section aria-labelledby={`provider-${id}`} className="not-first-of-type:mt-10">
      <header className="flex items-start gap-3 border-b border-line pb-3">
        <div className="min-w-0 flex-1">
          <h2 id={`provider-${id}`} className="text-base font-semibold break-words text-ink">
            {name}
          </h2>
          <ProviderFacts provider={provider} />
        </div>
        <div className="-mt-1.5 flex items-center gap-2">
          {source !== "environment" && (
            <SavedSwitch
              isOn={isEnabled}
              aria-label={translate("isEnabled", { name })}
              onSave={async (isOn) => {
                await patchProvider(id, { isEnabled: isOn });
                await onChanged();
              }}
            />
          )}
          <ProviderMenu provider={provider} modelCount={models.length} onChanged={onChanged} />
        </div>
      </header>
      {models.length === 0 ? (
        <p className="py-4 text-ink-soft">{translate("noModels")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {models.map((model) => (
            <ModelRow
              key={model.id}
              model={model}
              isProviderEnabled={isEnabled}
              onChanged={onChanged}
            />
          ))}
        </ul>
      )}
      {source !== "demo" && (
        <ProviderActions provider={provider} models={models} onChanged={onChanged} />
      )}
    </section>
  );
}

function ProviderFacts({ provider }: { provider: Provider }) {
  const translate = useTranslations("settings.models");
  const translatePage = useTranslations("providers.page");
  const { baseUrl, source, hasKey, keys, isEnabled } = provider;
  if (source === "demo") return <p className="mt-0.5 text-ink-soft">{translate("demoNote")}</p>;
  const aside = keys.filter((key) => key.isEnabled && key.standing === "aside").length;
  const facts = [
    baseUrl,
    keys.length > 1
      ? translatePage("keysCount", { count: keys.length })
      : translate(hasKey ? "keyStored" : "noKey"),
    ...(isEnabled ? [] : [translate("disabled")]),
  ];
  return (
    <>
      <p className="mt-0.5 break-words text-ink-soft">
        {facts.join(" · ")}
        {aside > 0 && (
          <span className="text-bad"> · {translatePage("asideCount", { count: aside })}</span>
        )}
      </p>
      {source === "environment" && (
        <p className="mt-0.5 text-small text-ink-faint">{translate("environmentNote")}</p>
      )}
    </>
  );
}

/** More models, a test, and everything else about the provider. */
function ProviderActions({ provider, models, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const translatePage = useTranslations("providers.page");
  const [isTesting, setIsTesting] = useState(false);
  const { id, name } = provider;

  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <DiscoverButton provider={provider} onChanged={onChanged} />
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          setIsTesting(true);
        }}
      >
        {translate("test")}
      </Button>
      <Button asChild size="sm" variant="ghost">
        <Link
          href={`/settings/models/${id}`}
          isPlain
          aria-label={translatePage("settingsOf", { name })}
        >
          {translatePage("settings")}
        </Link>
      </Button>
      {isTesting && (
        <ProviderTestDialog
          provider={provider}
          models={models}
          onOpenChange={setIsTesting}
          onChanged={onChanged}
        />
      )}
    </div>
  );
}
