"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import type { Alias } from "@/lib/contracts/aliases";
import { SettingRow } from "./setting-row";

type Props = {
  aliases: readonly Alias[];
  /** The alias; null: the one that answers. */
  value: string | null;
  onSave: (id: string | null) => void;
};

// No id of an alias is empty.
const own = "";

/** Which model makes summaries. */
export function ContextSummaryRow({ aliases, value, onSave }: Props) {
  const translate = useTranslations("settings.contextSettings.summaryModel");
  const offered = aliases.filter(({ isEnabled, id }) => isEnabled || id === value);
  const isGone = value !== null && !offered.some(({ id }) => id === value);
  return (
    <SettingRow label={translate("label")} hint={translate("hint")}>
      <Select
        value={value ?? own}
        options={[
          { value: own, label: translate("own") },
          ...offered.map(({ id, name }) => ({ value: id, label: name })),
          ...(isGone ? [{ value, label: translate("gone") }] : []),
        ]}
        onValueChange={(id) => {
          onSave(id === own ? null : id);
        }}
      />
    </SettingRow>
  );
}
