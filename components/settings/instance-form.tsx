"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi } from "@/lib/client/api";
import { inOrder } from "@/lib/client/in-order";
import { readWholeNumber } from "@/lib/client/whole-number";
import type { Alias } from "@/lib/contracts/aliases";
import {
  instanceSettingsPatchSchema,
  instanceSettingsSchema,
  type InstanceSettings,
} from "@/lib/contracts/settings";
import { ContextPolicyRow } from "./context-policy-row";
import { ContextSummaryRow } from "./context-summary-row";
import { SettingsSection } from "./settings-section";
import { SystemPromptRow } from "./system-prompt-row";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";

type NumberName = "dearTokens" | Extract<keyof InstanceSettings, `${string}Seconds`>;

type Props = { initial: InstanceSettings; aliases: readonly Alias[] };

/** What holds for everybody: the default system prompt, and how much history is sent. */
export function InstanceForm({ initial, aliases }: Props) {
  const translate = useTranslations("settings.instanceSettings");
  const translateContext = useTranslations("settings.contextSettings");
  const save = useSave();
  const [settings, setSettings] = useState(initial);

  const patch = async (body: Partial<InstanceSettings>) => {
    const schema = instanceSettingsSchema;
    const path = "/api/admin/settings";
    setSettings(await inOrder(path, () => callApi("PATCH", path, { body, schema })));
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
        <ContextPolicyRow
          label={translateContext("policy.label")}
          hint={translateContext("policy.hint")}
          value={settings.contextPolicy}
          onPatch={(contextPolicy) => patch({ contextPolicy })}
        />
        <ContextSummaryRow
          aliases={aliases}
          value={settings.summaryModelId}
          onSave={(summaryModelId) =>
            void save({
              change: () => patch({ summaryModelId }),
              undo: () => patch({ summaryModelId: settings.summaryModelId }),
            })
          }
        />
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
