"use client";

import { useState } from "react";
import type { PricedModel } from "@/lib/contracts/prices";
import type { InstanceSettings } from "@/lib/contracts/settings";
import { MoneySection } from "./money-section";
import { readModelPrices } from "./price-api";
import { PriceSection } from "./price-section";

type Props = { settings: InstanceSettings; isZoneChosen: boolean; prices: PricedModel[] };

/** Prices of all models, and the settings that they are counted by. */
export function MoneyPrices({ settings, isZoneChosen, prices }: Props) {
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [models, setModels] = useState(prices);

  // A model stays in its place while it is edited, whatever the order would be now.
  const refresh = async () => {
    const fresh = await readModelPrices();
    setModels((before) =>
      before.flatMap((old) => fresh.find(({ modelId }) => modelId === old.modelId) ?? []),
    );
  };

  return (
    <>
      <PriceSection models={models} timeZone={timeZone} onChanged={refresh} />
      <MoneySection
        initial={settings}
        isZoneChosen={isZoneChosen}
        onChanged={async (changed) => {
          setTimeZone(changed.timeZone);
          // A rate decides which budgets refuse which model.
          await refresh();
        }}
      />
    </>
  );
}
