"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { readWholeNumber } from "@/lib/client/whole-number";
import { instanceSettingsPatchSchema } from "@/lib/contracts/settings";
import { patchAlertThresholds, type AlertThresholds } from "./alert-api";
import { SettingsSection } from "./settings-section";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";

const names = ["alertTokensPerCall", "alertCallsPerMinute"] as const;

/** From where on use is unusual. */
export function AlertThresholdRows({ initial }: { initial: AlertThresholds }) {
  const translate = useTranslations("alerts.settings");
  const save = useSave();
  const [thresholds, setThresholds] = useState(initial);

  const patch = async (change: Partial<AlertThresholds>) => {
    await patchAlertThresholds(change);
    setThresholds((before) => ({ ...before, ...change }));
  };
  return (
    <SettingsSection title={translate("thresholds")} text={translate("thresholdsText")}>
      {names.map((name) => {
        const schema = instanceSettingsPatchSchema.shape[name].unwrap();
        const before = thresholds[name];
        return (
          <TextRow
            key={`${name}-${String(before)}`}
            label={translate(`${name}.label`)}
            hint={translate(`${name}.hint`)}
            value={String(before)}
            maxLength={11}
            isNumber
            findError={(text) =>
              schema.safeParse(readWholeNumber(text)).success
                ? undefined
                : translate("numberInvalid", {
                    min: schema.minValue ?? 1,
                    max: schema.maxValue ?? Number.MAX_SAFE_INTEGER,
                  })
            }
            onSave={(text) =>
              save({
                change: () => patch({ [name]: readWholeNumber(text) }),
                undo: () => patch({ [name]: before }),
              })
            }
          />
        );
      })}
    </SettingsSection>
  );
}
