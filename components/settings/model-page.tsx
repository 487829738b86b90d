"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { limits } from "@/lib/contracts/limits";
import type { PriceEntry, PricePreset } from "@/lib/contracts/prices";
import { modelPatchSchema, type Model, type ModelPatch } from "@/lib/contracts/providers";
import type { Provider } from "@/lib/contracts/providers";
import { ModelCard } from "./model-card";
import { FactOriginText } from "./model-fact-origin";
import { patchModel, readModel } from "./models-api";
import { ModelPrice } from "./model-price";
import { NumberRow } from "./number-row";
import { ProviderTest } from "./provider-test";
import { SettingRow } from "./setting-row";
import { SettingsSection } from "./settings-section";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";

type Props = {
  provider: Provider;
  initial: Model;
  prices: { initial: PriceEntry[]; presets: PricePreset[]; timeZone: string };
};

/** Everything about one model: its label and sizes, its price, its card, its last test. */
export function ModelPage({ provider, initial, prices }: Props) {
  const translate = useTranslations("providers.model");
  const translateTest = useTranslations("providers.test");
  const translatePrices = useTranslations("prices");
  const save = useSave();
  const [model, setModel] = useState(initial);
  const { id, label, isDemo } = model;

  const refresh = async () => {
    setModel(await readModel(id));
  };
  const patch = async (body: ModelPatch) => {
    await patchModel(id, body);
    await refresh();
  };
  const sizeRow = (name: "contextWindow" | "maxOutputTokens") => {
    const words = name === "contextWindow" ? "window" : "output";
    return (
      <NumberRow
        key={`${name}-${String(model[name])}`}
        label={translate(words)}
        hint={
          <>
            {translate(`${words}Hint`)} {name === "contextWindow" && <WindowNote model={model} />}
            {model[name] !== null && (
              <FactOriginText
                model={model}
                kind={provider.kind}
                path={name}
                label={translate(words)}
                onPatch={patch}
              />
            )}
          </>
        }
        value={model[name]}
        placeholder={translate("unknown")}
        invalidText={translate("numberInvalid")}
        isRight={(number) => modelPatchSchema.shape[name].safeParse(number).success}
        onSave={(number) =>
          save({
            change: () => patch({ [name]: number }),
            undo: () => patch({ [name]: model[name] }),
          })
        }
      />
    );
  };

  return (
    <>
      <SettingsSection title={translate("basics")}>
        <TextRow
          key={label}
          label={translate("label")}
          hint={translate("labelHint")}
          value={label}
          maxLength={limits.nameCharacters}
          findError={(text) => (text === "" ? translate("labelMissing") : undefined)}
          onSave={(text) =>
            save({ change: () => patch({ label: text }), undo: () => patch({ label }) })
          }
        />
        {sizeRow("contextWindow")}
        {sizeRow("maxOutputTokens")}
        {!isDemo && (
          <SettingRow label={translate("counting")} hint={translate("countingHint")} isStatic>
            <p className="text-ink-soft sm:text-end">
              {translate(`countings.${model.counting.surety}`, { reports: model.counting.reports })}
            </p>
          </SettingRow>
        )}
      </SettingsSection>
      <SettingsSection
        title={translatePrices("title")}
        text={translatePrices(isDemo ? "demoText" : "text")}
      >
        {!isDemo && <ModelPrice model={model} {...prices} />}
      </SettingsSection>
      {!isDemo && (
        <>
          <ModelCard model={model} kind={provider.kind} onPatch={patch} />
          <SettingsSection title={translate("test")} text={translateTest("text")}>
            <div className="pt-5">
              <ProviderTest providerId={provider.id} models={[model]} onChanged={refresh} />
            </div>
          </SettingsSection>
        </>
      )}
    </>
  );
}

/** What an unknown window means, or what the provider has said of it by itself. */
function WindowNote({ model: { contextWindow, counting } }: { model: Model }) {
  const translate = useTranslations("providers.model");
  const { window } = counting;
  if (window !== null && (contextWindow === null || window < contextWindow))
    return <>{translate("windowLearned", { window })} </>;
  return contextWindow === null ? <>{translate("windowUnknown")} </> : null;
}
