"use client";

import { useTranslations } from "next-intl";
import type { UsageSums } from "@/lib/contracts/usage-reports";
import { useFormats } from "./use-formats";

type Props = {
  sums: UsageSums;
  /** Where no figure beside it says so already. */
  saysUnpriced: boolean;
};

/** How much of what is shown is estimated, and what the costs leave out. */
export function EstimateNote({ sums, saysUnpriced }: Props) {
  const translate = useTranslations("usage.cost");
  const formats = useFormats();
  const { estimated, unpriced, attempts, costs } = sums;
  const isUnpricedSaid = saysUnpriced && unpriced > 0;
  if (estimated === 0 && !isUnpricedSaid) return null;
  return (
    <div className="mt-4 flex flex-col gap-1 text-small text-ink-soft">
      {estimated > 0 && (
        <p>
          {translate("estimated", {
            count: estimated,
            number: formats.count(estimated),
            total: formats.count(attempts),
            percent: formats.share(attempts === 0 ? 0 : estimated / attempts),
          })}
        </p>
      )}
      {isUnpricedSaid && (
        <p>
          {translate(costs.length === 0 ? "allUnpriced" : "unpriced", {
            count: unpriced,
            number: formats.count(unpriced),
          })}
        </p>
      )}
    </div>
  );
}
