"use client";

import { useTranslations } from "next-intl";
import type { UsageTotals } from "@/lib/contracts/receipts";
import { UnknownCost } from "./unknown-cost";
import { useSayAmount } from "./use-say-amount";

/** What the requests above come to; each currency by itself. */
export function ReceiptTotals({ totals }: { totals: UsageTotals }) {
  const translate = useTranslations("receipts");
  const { exact } = useSayAmount();
  const { inputTokens, outputTokens, costs, unpriced, isEstimated } = totals;
  const isUsed = costs.length > 0 || unpriced > 0;
  return (
    <div className="flex flex-col gap-0.5 border-t border-line pt-2.5">
      <div className="flex items-baseline gap-3 text-ui">
        <h3 className="min-w-0 flex-1 font-semibold">{translate("total")}</h3>
        {isUsed && (
          <ul className="flex shrink-0 flex-col items-end font-semibold tabular-nums">
            {costs.map((cost) => (
              <li key={cost.currency}>{exact(cost)}</li>
            ))}
            {costs.length === 0 && (
              <li>
                <UnknownCost />
              </li>
            )}
          </ul>
        )}
      </div>
      <p className="text-ink-soft tabular-nums">
        {isUsed
          ? `${translate("input", { count: inputTokens })} · ${translate("output", { count: outputTokens })}`
          : translate("nothing")}
      </p>
      {unpriced > 0 && (
        <p className="text-pretty text-ink-soft">
          {translate(costs.length > 0 ? "unpriced" : "allUnpriced", { count: unpriced })}
        </p>
      )}
      {isEstimated && <p className="text-pretty text-ink-soft">{translate("estimated")}</p>}
    </div>
  );
}
