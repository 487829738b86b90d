"use client";

import { useTranslations } from "next-intl";
import type { Amount, Currency } from "@/lib/contracts/usage";
import { convert } from "./money";
import { useFormats } from "./use-formats";

/** How amounts of both currencies come to one: the rate of the team's own, if any. */
export type Rate = { cnyPerUsdMicros: number | null; totalsCurrency: Currency };

type Props = { costs: readonly Amount[]; unpriced: number; rate: Rate };

/**
 * What was paid, one line for each currency: they are added up only at a rate that the team has
 * set, and then that is said.
 */
export function CostLines({ costs, unpriced, rate }: Props) {
  const translate = useTranslations("usage.cost");
  const formats = useFormats();
  const total = convert(costs, rate.totalsCurrency, rate.cnyPerUsdMicros);
  const count = { count: unpriced, number: formats.count(unpriced) };
  return (
    <>
      {costs.length === 0 && (
        <p className="text-xl font-semibold tabular-nums">
          {unpriced === 0 ? (
            formats.amount({ currency: rate.totalsCurrency, micros: 0 }, 2)
          ) : (
            <span data-tooltip={translate("unknown")}>
              <span aria-hidden>—</span>
              <span className="sr-only">{translate("unknown")}</span>
            </span>
          )}
        </p>
      )}
      {costs.map((cost) => (
        <p
          key={cost.currency}
          className="text-xl font-semibold tabular-nums"
          data-tooltip={formats.exactAmount(cost)}
        >
          {formats.amount(cost)}
        </p>
      ))}
      {total !== null && (
        <p
          className="text-small text-ink-soft tabular-nums"
          data-tooltip={translate("rate", { rate: sayRate() })}
        >
          {translate("converted", { amount: formats.amount(total) })}
          <span className="sr-only">{translate("rate", { rate: sayRate() })}</span>
        </p>
      )}
      {unpriced > 0 && (
        <p className="text-small text-ink-faint">
          {translate(costs.length === 0 ? "allUnpriced" : "unpriced", count)}
        </p>
      )}
    </>
  );

  function sayRate(): string {
    return formats.amount({ currency: "CNY", micros: rate.cnyPerUsdMicros ?? 0 });
  }
}
