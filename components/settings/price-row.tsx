"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Link } from "@/components/ui/link";
import type { PricedModel } from "@/lib/contracts/prices";
import { PriceForm } from "./price-form";
import { PriceSuggestion } from "./price-suggestion";
import { usePriceWords } from "./use-price-words";
import { useSavePrice } from "./use-save-price";

type Props = { model: PricedModel; timeZone: string; onChanged: () => Promise<void> };

/** A model with its price; where it has none, with what is suggested and who refuses it. */
export function PriceRow({ model, timeZone, onChanged }: Props) {
  const translate = useTranslations("prices");
  const { sayPrice, sayDay } = usePriceWords(timeZone);
  const [isEditing, setIsEditing] = useState(false);
  const { modelId, label, isDemo, current, next, presets } = model;
  const { savePrice, takeOver } = useSavePrice(modelId, timeZone, onChanged);

  return (
    <li className="flex flex-col gap-3 py-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <ModelName model={model} />
          <p
            className={clsx(
              "tabular-nums",
              isDemo || current !== null ? "text-ink-soft" : "text-warn",
            )}
          >
            {isDemo ? translate("demoText") : sayPrice(current?.amounts ?? null)}
          </p>
          {next !== null && (
            <p className="text-small text-ink-faint tabular-nums">
              {translate("next", { date: sayDay(next.validFrom), price: sayPrice(next.amounts) })}
            </p>
          )}
          <RefusalText model={model} />
        </div>
        {!isDemo && (
          <Button
            size="sm"
            aria-label={translate(current === null ? "list.setFor" : "list.changeFor", {
              name: label,
            })}
            onClick={() => {
              setIsEditing(true);
            }}
          >
            {translate(current === null ? "list.set" : "list.change")}
          </Button>
        )}
      </div>
      {current === null &&
        presets.map((preset) => (
          <PriceSuggestion
            key={preset.amounts.currency}
            modelLabel={label}
            preset={preset}
            onUse={async () => {
              await takeOver(preset);
            }}
          />
        ))}
      <Dialog
        title={translate("list.dialog", { name: label })}
        description={translate("text")}
        isOpen={isEditing}
        onOpenChange={setIsEditing}
        size="lg"
      >
        <PriceForm
          current={current?.amounts ?? null}
          timeZone={timeZone}
          onSave={async (price) => {
            if (await savePrice(price)) setIsEditing(false);
          }}
        />
      </Dialog>
    </li>
  );
}

function ModelName({ model }: { model: PricedModel }) {
  const translate = useTranslations("prices.list");
  const { modelId, providerId, providerName, name, label, isEnabled } = model;
  const facts = [
    providerName,
    ...(name === label ? [] : [name]),
    ...(isEnabled ? [] : [translate("off")]),
  ];
  return (
    <p className="break-words text-ink">
      <Link
        href={`/settings/models/${providerId}/${modelId}`}
        isPlain
        className="rounded-sm font-medium hover:underline"
      >
        {label}
      </Link>{" "}
      <span className="text-small text-ink-faint">{facts.join(" · ")}</span>
    </p>
  );
}

/** Only what can be used is refused. */
function RefusalText({ model: { refusedBy, isEnabled, current } }: { model: PricedModel }) {
  const translate = useTranslations("prices.list");
  if (refusedBy.length === 0 || !isEnabled) return null;
  return (
    <p className="text-small text-bad">
      {translate(current === null ? "refused" : "refusedCurrency", {
        budgets: refusedBy.join(", "),
      })}
    </p>
  );
}
