"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/lib/client/api";
import {
  instanceSettingsPatchSchema,
  instanceSettingsSchema,
  type InstanceSettings,
} from "@/lib/contracts/settings";
import { SettingsSection } from "./settings-section";
import { SystemPromptRow } from "./system-prompt-row";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";
import { readWholeNumber } from "@/lib/client/whole-number";

type NumberName = Exclude<
  keyof InstanceSettings,
  "systemPrompt" | "contextPolicy" | "summaryModelId"
>;

/** What holds for everybody: the default system prompt, and how much history is sent. */
export function InstanceForm({ initial }: { initial: InstanceSettings }) {
  const translate = useTranslations("settings.instanceSettings");
  const save = useSave();
  const [settings, setSettings] = useState(initial);

  const patch = async (body: Partial<InstanceSettings>) => {
    const schema = instanceSettingsSchema;
    setSettings(await callApi("PATCH", "/api/admin/settings", { body, schema }));
  };
  const numberRow = (name: NumberName) => {
    const { minValue: min, maxValue: max } = instanceSettingsPatchSchema.shape[name].unwrap();
    const before = settings[name];
    return (
      <TextRow
        key={`${name}-${String(before)}`}
        label={translate(`${name}.label`)}
        hint={translate(`${name}.hint`)}
        value={String(before)}
        maxLength={10}
        isNumber
        findError={(text) =>
          instanceSettingsPatchSchema.shape[name].safeParse(readWholeNumber(text)).success
            ? undefined
            : translate("numberInvalid", { min: min ?? 1, max: max ?? Number.MAX_SAFE_INTEGER })
        }
        onSave={(text) =>
          save({
            change: () => patch({ [name]: readWholeNumber(text) }),
            undo: () => patch({ [name]: before }),
          })
        }
      />
    );
  };

  return (
    <>
      <SettingsSection title={translate("window")} text={translate("windowText")}>
        {numberRow("dearTokens")}
      </SettingsSection>
      <SettingsSection title={translate("systemPrompt")}>
        <SystemPromptRow
          key={settings.systemPrompt}
          label={translate("systemPromptLabel")}
          hint={translate("systemPromptHint")}
          value={settings.systemPrompt}
          onSave={(next) =>
            save({
              change: () => patch({ systemPrompt: next }),
              undo: () => patch({ systemPrompt: settings.systemPrompt }),
            })
          }
        />
      </SettingsSection>
      <SettingsSection title={translate("waiting")} text={translate("waitingText")}>
        {numberRow("connectTimeoutSeconds")}
        {numberRow("headersTimeoutSeconds")}
        {numberRow("firstTokenTimeoutSeconds")}
        {numberRow("idleTimeoutSeconds")}
        {numberRow("totalTimeoutSeconds")}
      </SettingsSection>
    </>
  );
}
