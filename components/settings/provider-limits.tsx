"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  providerCallSettingsSchema,
  type Provider,
  type ProviderCallSettings,
} from "@/lib/contracts/providers";
import type { InstanceSettings } from "@/lib/contracts/settings";
import { retryPolicy } from "@/lib/domain/retry/decide-retry";
import { patchProvider } from "./models-api";
import { NumberRow } from "./number-row";
import { SettingsSection } from "./settings-section";
import { useSave } from "./use-save";

const timeLimits = [
  "connectTimeoutSeconds",
  "headersTimeoutSeconds",
  "firstTokenTimeoutSeconds",
  "idleTimeoutSeconds",
  "totalTimeoutSeconds",
] as const satisfies readonly (keyof ProviderCallSettings & keyof InstanceSettings)[];

type Name = keyof ProviderCallSettings;
type Props = { provider: Provider; instance: InstanceSettings; onChanged: () => Promise<void> };

/** How long one provider may take, how often it is asked, and how much at a time. */
export function ProviderLimits({ provider, instance, onChanged }: Props) {
  const translate = useTranslations("providers.limits");
  const translateInstance = useTranslations("settings.instanceSettings");
  const format = useFormatter();
  const save = useSave();
  const { id, callSettings } = provider;
  const [isOpen, setIsOpen] = useState(Object.keys(callSettings).length > 0);

  const put = async (settings: ProviderCallSettings) => {
    await patchProvider(id, { callSettings: settings });
    await onChanged();
  };
  const change = (name: Name, value: number | null) => {
    const { [name]: _, ...others } = callSettings;
    const after = value === null ? others : { ...others, [name]: value };
    return save({ change: () => put(after), undo: () => put(callSettings) });
  };
  const propsOf = (name: Name) => {
    const value = callSettings[name] ?? null;
    const { minValue: min, maxValue: max } = providerCallSettingsSchema.shape[name].unwrap();
    return {
      // An undo shows only in a row that begins anew.
      key: `${name}-${String(value)}`,
      value,
      invalidText: translateInstance("numberInvalid", { min: min ?? 1, max: max ?? 1 }),
      isRight: (number: number) => providerCallSettingsSchema.shape[name].safeParse(number).success,
      onSave: (number: number | null) => change(name, number),
    };
  };

  return (
    <SettingsSection
      title={translate("title")}
      text={isOpen ? translate("text") : translate("summaryNone")}
      {...(isOpen
        ? {}
        : {
            action: (
              <Button
                onClick={() => {
                  setIsOpen(true);
                }}
              >
                {translate("open")}
              </Button>
            ),
          })}
    >
      {isOpen && (
        <>
          {timeLimits.map((name) => {
            const { key, ...props } = propsOf(name);
            return (
              <NumberRow
                key={key}
                label={translateInstance(`${name}.label`)}
                hint={translateInstance(`${name}.hint`)}
                placeholder={format.number(instance[name])}
                {...props}
              />
            );
          })}
          {(["attempts", "concurrency"] as const).map((name) => {
            const { key, ...props } = propsOf(name);
            return (
              <NumberRow
                key={key}
                label={translate(`${name}.label`)}
                hint={translate(`${name}.hint`)}
                placeholder={
                  name === "attempts"
                    ? format.number(retryPolicy.attempts)
                    : translate("concurrency.placeholder")
                }
                {...props}
              />
            );
          })}
        </>
      )}
    </SettingsSection>
  );
}
