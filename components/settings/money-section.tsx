"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import { callApi } from "@/lib/client/api";
import { inOrder } from "@/lib/client/in-order";
import {
  instanceSettingsPatchSchema,
  instanceSettingsSchema,
  type InstanceSettings,
} from "@/lib/contracts/settings";
import { currencies } from "@/lib/contracts/usage";
import { readMicros, writeMicros } from "./money";
import { MoneyZoneRow } from "./money-zone-row";
import { SettingRow } from "./setting-row";
import { SettingsSection } from "./settings-section";
import { TextRow } from "./text-row";
import { useSave } from "./use-save";

type MoneySettings = Pick<InstanceSettings, "timeZone" | "cnyPerUsdMicros" | "totalsCurrency">;

type Props = {
  initial: MoneySettings;
  isZoneChosen: boolean;
  /** What the page shows depends on them. */
  onChanged: (changed: MoneySettings) => Promise<void>;
};

const path = "/api/admin/settings";

/** The team's time zone, its own exchange rate, and the currency of totals. */
export function MoneySection({ initial, isZoneChosen, onChanged }: Props) {
  const translate = useTranslations("prices.money");
  const translateCurrency = useTranslations("prices.currencies");
  const save = useSave();
  const [settings, setSettings] = useState(initial);
  const [hasChosen, setHasChosen] = useState(isZoneChosen);
  const { timeZone, cnyPerUsdMicros: rate, totalsCurrency } = settings;

  const patch = async (body: Partial<MoneySettings>) => {
    const schema = instanceSettingsSchema;
    const changed = await inOrder(path, () => callApi("PATCH", path, { body, schema }));
    setSettings(changed);
    if (body.timeZone !== undefined) setHasChosen(true);
    await onChanged(changed);
  };
  const change = <Name extends keyof MoneySettings>(name: Name, value: MoneySettings[Name]) =>
    save({
      change: () => patch({ [name]: value }),
      undo: () => patch({ [name]: settings[name] }),
    });
  const isRightRate = (micros: number | null) =>
    instanceSettingsPatchSchema.shape.cnyPerUsdMicros.safeParse(micros).success;

  return (
    <SettingsSection title={translate("title")} text={translate("text")}>
      <MoneyZoneRow
        key={timeZone}
        value={timeZone}
        isChosen={hasChosen}
        onSave={(zone) => change("timeZone", zone)}
      />
      <TextRow
        key={`rate-${String(rate)}`}
        label={translate("rate")}
        hint={translate("rateHint")}
        value={rate === null ? "" : writeMicros(rate)}
        placeholder={translate("rateNone")}
        maxLength={16}
        isAmount
        findError={(text) => (isRightRate(readRate(text)) ? undefined : translate("rateInvalid"))}
        onSave={(text) => change("cnyPerUsdMicros", readRate(text))}
      />
      <SettingRow label={translate("totals")} hint={translate("totalsHint")}>
        <Select
          value={totalsCurrency}
          options={currencies.map((value) => ({ value, label: translateCurrency(value) }))}
          onValueChange={(value) => void change("totalsCurrency", value)}
        />
      </SettingRow>
    </SettingsSection>
  );
}

function readRate(text: string): number | null {
  return text === "" ? null : readMicros(text);
}
