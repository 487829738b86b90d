"use client";

import { useTranslations } from "next-intl";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { CostLines, type Rate } from "./cost-lines";
import { Part } from "./part";
import { useFormats } from "./use-formats";

type Props = { forecast: Dashboard["forecast"]; rate: Rate };

/** What this month will have cost if it goes on like its last days. */
export function ForecastPart({ forecast, rate }: Props) {
  const translate = useTranslations("usage.forecast");
  const formats = useFormats();
  const { month, soFar, expected, days } = forecast;
  return (
    <Part title={translate("title", { month: formats.month(month.slice(0, 7)) })}>
      <dl className="flex flex-wrap gap-x-12 gap-y-4">
        <div>
          <dt className="text-ink-soft">{translate("soFar")}</dt>
          <dd className="mt-1">
            <CostLines costs={soFar} unpriced={0} rate={rate} />
          </dd>
        </div>
        {days > 0 && (
          <div>
            <dt className="text-ink-soft">{translate("expected")}</dt>
            <dd className="mt-1">
              <CostLines costs={expected} unpriced={0} rate={rate} />
            </dd>
          </div>
        )}
      </dl>
      <p className="mt-4 text-small text-ink-soft">
        {days === 0 ? translate("none") : translate("days", { count: days })}
      </p>
    </Part>
  );
}
