"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";
import { toApiError } from "@/lib/client/api";
import { useTestSentence } from "@/lib/client/test-sentence";
import type { Model, Provider } from "@/lib/contracts/providers";
import { DiscoverButton } from "./discover-button";
import { ModelRow } from "./model-row";
import { patchProvider, testProvider } from "./models-api";
import { ProviderMenu } from "./provider-menu";
import { useSave } from "./use-save";

type Props = { provider: Provider; models: Model[]; onChanged: () => Promise<void> };

/** A provider: what it is, whether it is used, and its models. */
export function ProviderSection({ provider, models, onChanged }: Props) {
  const translate = useTranslations("settings.models");
  const save = useSave();
  const { id, name, source, isEnabled } = provider;

  const setEnabled = async (next: boolean) => {
    await patchProvider(id, { isEnabled: next });
    await onChanged();
  };

  return (
    <section aria-labelledby={`provider-${id}`} className="not-first-of-type:mt-10">
      <header className="flex items-start gap-3 border-b border-line pb-3">
        <div className="min-w-0 flex-1">
          <h2 id={`provider-${id}`} className="text-base font-semibold break-words text-ink">
            {name}
          </h2>
          <ProviderFacts provider={provider} />
        </div>
        <div className="flex items-center gap-1">
          {source !== "environment" && (
            <Switch
              isOn={isEnabled}
              aria-label={translate("isEnabled", { name })}
              className="me-1"
              onChange={(next) =>
                void save({ change: () => setEnabled(next), undo: () => setEnabled(!next) })
              }
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
      {source !== "demo" && <ProviderActions provider={provider} onChanged={onChanged} />}
    </section>
  );
}

function ProviderFacts({ provider }: { provider: Provider }) {
  const translate = useTranslations("settings.models");
  const { baseUrl, source, hasKey, isEnabled } = provider;
  if (source === "demo") return <p className="mt-0.5 text-ink-soft">{translate("demoNote")}</p>;
  const facts = [
    baseUrl,
    translate(hasKey ? "keyStored" : "noKey"),
    ...(isEnabled ? [] : [translate("disabled")]),
  ];
  return (
    <>
      <p className="mt-0.5 break-words text-ink-soft">{facts.join(" · ")}</p>
      {source === "environment" && (
        <p className="mt-0.5 text-small text-ink-faint">{translate("environmentNote")}</p>
      )}
    </>
  );
}

/** More models, and a test whose result stands beside the button. */
function ProviderActions({ provider, onChanged }: Pick<Props, "provider" | "onChanged">) {
  const translate = useTranslations("settings.models");
  const sayError = useTestSentence();
  const [result, setResult] = useState<{ isOk: boolean; text: string }>();
  const [isBusy, setIsBusy] = useState(false);

  const test = async () => {
    setIsBusy(true);
    setResult(undefined);
    try {
      const { isOk, models, errorCode, errorDetails } = await testProvider(provider.id);
      const text = isOk
        ? translate("works", { count: models.length })
        : sayError(errorCode ?? "provider_failed", errorDetails);
      setResult({ isOk, text });
    } catch (error) {
      const { code, details } = toApiError(error);
      setResult({ isOk: false, text: sayError(code, details) });
    }
    setIsBusy(false);
  };

  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <DiscoverButton provider={provider} onChanged={onChanged} />
      <Button size="sm" variant="ghost" isBusy={isBusy} onClick={() => void test()}>
        {translate("test")}
      </Button>
      <p role="status" className={result?.isOk === false ? "text-bad" : "text-good"}>
        {result?.text}
      </p>
    </div>
  );
}
