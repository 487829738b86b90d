"use client";

import { useTranslations } from "next-intl";
import type { UsageSums } from "@/lib/contracts/usage-reports";
import { useFormats } from "./use-formats";

/** How much of what is shown is estimated, and what the costs leave out. */
export function EstimateNote({ sums }: { sums: UsageSums }) {
  const translate = useTranslations("usage.cost");
  const formats = useFormats();
  const { estimated, unpriced, attempts, costs } = sums;
  if (estimated === 0 && unpriced === 0) return null;
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
      {unpriced > 0 && (
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
