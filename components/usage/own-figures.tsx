"use client";

import { useTranslations } from "next-intl";
import type { UsageReport, UsageSums } from "@/lib/contracts/usage-reports";
import { CostLines, type Rate } from "./cost-lines";
import { useFormats } from "./use-formats";

type Props = {
  /** Of this month, by day. */
  report: UsageReport;
  today: string;
  totalsCurrency: Rate["totalsCurrency"];
};

/** What today and this month have cost so far. */
export function OwnFigures({ report, today, totalsCurrency }: Props) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const rate = { cnyPerUsdMicros: report.cnyPerUsdMicros, totalsCurrency };
  const ofToday = report.rows.find(({ key }) => key === today)?.sums;
  return (
    <dl className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
      <Figure
        title={translate("own.today")}
        when={formats.day(today)}
        sums={ofToday ?? null}
        rate={rate}
      />
      <Figure
        title={translate("own.month")}
        when={formats.month(today.slice(0, 7))}
        sums={report.totals}
        rate={rate}
      />
    </dl>
  );
}

type FigureProps = { title: string; when: string; sums: UsageSums | null; rate: Rate };

function Figure({ title, when, sums, rate }: FigureProps) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const tokens = (sums?.inputTokens ?? 0) + (sums?.outputTokens ?? 0);
  const calls = sums?.calls ?? 0;
  return (
    <div>
      <dt className="text-ink-soft">
        {title} <span className="text-ink-faint">· {when}</span>
      </dt>
      <dd className="mt-1">
        <CostLines costs={sums?.costs ?? []} unpriced={sums?.unpriced ?? 0} rate={rate} />
        <p className="mt-1 text-ink-soft tabular-nums">
          {translate("figures.tokenCount", { count: tokens, number: formats.count(tokens) })}
          {" · "}
          {translate("figures.callCount", { count: calls, number: formats.count(calls) })}
        </p>
      </dd>
    </div>
  );
}
