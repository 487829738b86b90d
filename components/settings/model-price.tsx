"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PriceAmounts, PriceEntry, PricePreset } from "@/lib/contracts/prices";
import { readPriceVersions, withdrawPrice } from "./price-api";
import { PriceForm } from "./price-form";
import { PriceHistory } from "./price-history";
import { PriceSuggestion } from "./price-suggestion";
import { usePriceWords } from "./use-price-words";
import { useSave } from "./use-save";
import { useSavePrice } from "./use-save-price";

type Props = {
  model: { id: string; label: string };
  initial: PriceEntry[];
  presets: readonly PricePreset[];
  timeZone: string;
};

/** What a model costs now, what it will and what it did; a change makes a new version. */
export function ModelPrice({ model, initial, presets, timeZone }: Props) {
  const translate = useTranslations("prices");
  const { sayPrice, sayMoment } = usePriceWords(timeZone);
  const save = useSave();
  const [versions, setVersions] = useState(initial);
  const { savePrice, takeOver } = useSavePrice(model.id, timeZone, setVersions);
  const current = versions.find(({ state }) => state === "current");
  const amounts = current?.amounts ?? null;
  const suggested = presets.filter((preset) => !isSamePrice(preset.amounts, amounts));

  const withdraw = (version: PriceEntry) =>
    save({
      change: async () => {
        await withdrawPrice(version.id);
        setVersions(await readPriceVersions(model.id));
      },
      text: translate("history.withdrawn"),
    });

  return (
    <div className="flex flex-col gap-4 py-5">
      <div>
        <p className="text-ink tabular-nums">{sayPrice(amounts)}</p>
        <p className="text-small text-ink-faint">
          {amounts === null || current === undefined
            ? translate("unknownText")
            : translate("since", { date: sayMoment(current.validFrom) })}
        </p>
      </div>
      {suggested.map((preset) => (
        <PriceSuggestion
          key={preset.amounts.currency}
          modelLabel={model.label}
          preset={preset}
          onUse={async () => {
            await takeOver(preset);
          }}
        />
      ))}
      <PriceForm
        key={versions.map(({ id }) => id).join(" ")}
        current={amounts}
        timeZone={timeZone}
        onSave={async (price) => {
          await savePrice(price);
        }}
      />
      {versions.length > 0 && (
        <PriceHistory
          versions={versions}
          timeZone={timeZone}
          onWithdraw={(version) => void withdraw(version)}
        />
      )}
    </div>
  );
}

function isSamePrice(one: PriceAmounts, other: PriceAmounts | null): boolean {
  return (
    other !== null &&
    (Object.keys(one) as (keyof PriceAmounts)[]).every((name) => one[name] === other[name])
  );
}
