"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { PriceEntry } from "@/lib/contracts/prices";
import { usePriceWords } from "./use-price-words";

type Props = {
  versions: readonly PriceEntry[];
  timeZone: string;
  onWithdraw: (version: PriceEntry) => void;
};

/** All versions of a price: what, from when until when, and where it was from. */
export function PriceHistory({ versions, timeZone, onWithdraw }: Props) {
  const translate = useTranslations("prices.history");
  const { sayPrice, sayDay, sayMoment } = usePriceWords(timeZone);

  return (
    <section aria-label={translate("title")} className="pt-4 pb-1">
      <h3 className="text-small font-medium text-ink-soft">{translate("title")}</h3>
      <ul className="divide-y divide-line">
        {versions.map((version) => {
          const { id, amounts, source, validFrom, validUntil, state } = version;
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
              <div className="min-w-0 flex-1 basis-64">
                <p
                  className={clsx("tabular-nums", state === "past" ? "text-ink-soft" : "text-ink")}
                >
                  {sayPrice(amounts)}
                </p>
                <p className="text-small text-ink-faint">
                  {validUntil === null
                    ? translate("open", { from: sayMoment(validFrom) })
                    : translate("range", {
                        from: sayMoment(validFrom),
                        until: sayMoment(validUntil),
                      })}
                </p>
                {source !== null && <SourceText source={source} />}
              </div>
              <p
                className={clsx(
                  "text-small",
                  state === "current"
                    ? "text-good"
                    : state === "future"
                      ? "text-accent"
                      : "text-ink-faint",
                )}
              >
                {translate(`states.${state}`)}
              </p>
              {state === "future" && (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={translate("withdrawFrom", { date: sayDay(validFrom) })}
                  onClick={() => {
                    onWithdraw(version);
                  }}
                >
                  {translate("withdraw")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Words or an address; an address can be followed. */
function SourceText({ source }: { source: string }) {
  const [address] = /https?:\/\/\S+/.exec(source) ?? [];
  if (address === undefined)
    return <p className="text-small break-words text-ink-faint">{source}</p>;
  const [before = "", after = ""] = source.split(address);
  return (
    <p className="text-small break-all text-ink-faint">
      {before}
      <a
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        className="underline underline-offset-2 hover:text-ink"
      >
        {address}
      </a>
      {after}
    </p>
  );
}
