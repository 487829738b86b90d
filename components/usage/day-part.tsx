"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { UsageReport } from "@/lib/contracts/usage-reports";
import { FreshPart } from "./fresh-part";
import { MeasureSwitch } from "./measure-switch";
import { Part } from "./part";
import { findMeasures, pickMeasure, plotDays, type Measure } from "./plot-data";
import { SumsTable } from "./sums-table";
import type { Fresh } from "./use-fresh";
import { useFormats } from "./use-formats";
import { UsagePlot } from "./usage-plot";

type Props = {
  fresh: Fresh<UsageReport>;
  isDetailed?: boolean;
  /** Somebody points out a day. */
  onChoose?: (day: string) => void;
};

/** A report by day, drawn and as a table. */
export function DayPart({ fresh, isDetailed = false, onChoose }: Props) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const [chosen, setChosen] = useState<Measure | null>(null);
  const possible = fresh.value === undefined ? [] : findMeasures(fresh.value.totals);
  const measure = pickMeasure(chosen, possible);
  return (
    <Part
      title={translate("plot.days")}
      action={
        possible.length > 0 && (
          <MeasureSwitch value={measure} possible={possible} onChange={setChosen} />
        )
      }
    >
      <FreshPart fresh={fresh} skeletonClass="h-64">
        {(report) => (
          <UsagePlot
            caption={translate("table.captions.day")}
            measure={measure}
            points={plotDays(report, measure)}
            formatKey={formats.day}
            formatFullKey={formats.fullDay}
            {...(onChoose === undefined ? {} : { onChoose })}
          >
            <SumsTable report={report} isDetailed={isDetailed} />
          </UsagePlot>
        )}
      </FreshPart>
    </Part>
  );
}
