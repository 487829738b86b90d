"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PricedModel } from "@/lib/contracts/prices";
import { PriceRow } from "./price-row";
import { SettingsSection } from "./settings-section";

type Props = {
  models: readonly PricedModel[];
  /** The team's. */
  timeZone: string;
  onChanged: () => Promise<void>;
};

// A provider may bring dozens; those without a price come first.
const shownAtFirst = 12;

/** What every model costs, and which budgets refuse it because nobody knows. */
export function PriceSection({ models, timeZone, onChanged }: Props) {
  const translate = useTranslations("prices.list");
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? models : models.slice(0, shownAtFirst);
  const missing = models.filter(
    ({ current, isEnabled, isDemo }) => current === null && isEnabled && !isDemo,
  );

  return (
    <SettingsSection
      title={translate("title")}
      text={
        <>
          {translate("text")} {models.length > 0 && translate("missing", { count: missing.length })}
        </>
      }
    >
      {models.length === 0 ? (
        <p className="py-4 text-ink-soft">{translate("empty")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {shown.map((model) => (
            <PriceRow key={model.modelId} model={model} timeZone={timeZone} onChanged={onChanged} />
          ))}
        </ul>
      )}
      {shown.length < models.length && (
        <div className="py-3">
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              setIsWhole(true);
            }}
          >
            {translate("showAll", { count: models.length })}
          </Button>
        </div>
      )}
    </SettingsSection>
  );
}
