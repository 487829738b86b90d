"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { PricePreset } from "@/lib/contracts/prices";
import { usePriceWords } from "./use-price-words";

type Props = { modelLabel: string; preset: PricePreset; onUse: () => Promise<void> };

/** A price that ships, with where and when it was read; nobody's until somebody takes it over. */
export function PriceSuggestion({ modelLabel, preset, onUse }: Props) {
  const translate = useTranslations("prices.suggestion");
  // Of a source only its date is said, which is in no time zone.
  const { sayPrice, sayDate } = usePriceWords("UTC");
  const [isBusy, setIsBusy] = useState(false);
  const { amounts, source, caveats } = preset;

  const use = async () => {
    setIsBusy(true);
    await onUse();
    setIsBusy(false);
  };

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border border-line bg-surface px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-ink tabular-nums">{translate("title", { price: sayPrice(amounts) })}</p>
        <p className="text-small text-ink-soft">
          {translate.rich("source", {
            source: source.name,
            link: (text) => (
              <a
                href={source.url}
                target="_blank"
                rel="noopener noreferrer"
                className="underline underline-offset-2 hover:text-ink"
              >
                {text}
              </a>
            ),
            date: sayDate(source.seenOn),
          })}
        </p>
        {caveats.map((caveat) => (
          <p key={caveat} className="text-small text-ink-faint">
            {translate(`caveats.${caveat}`)}
          </p>
        ))}
      </div>
      <Button
        size="sm"
        isBusy={isBusy}
        aria-label={translate("useFor", { name: modelLabel, currency: amounts.currency })}
        onClick={() => void use()}
      >
        {translate("use")}
      </Button>
    </div>
  );
}
