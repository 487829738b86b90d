"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { isDay } from "./days";
import { FreshPart } from "./fresh-part";
import { MeasureSwitch } from "./measure-switch";
import { Part } from "./part";
import type { Days } from "./period";
import { findMeasures, pickMeasure, plotHours, type Measure } from "./plot-data";
import { SumsTable } from "./sums-table";
import { findReportPath, readReport } from "./usage-api";
import type { Filters } from "./usage-filter";
import { useFresh } from "./use-fresh";
import { useFormats } from "./use-formats";
import { UsagePlot } from "./usage-plot";

type Props = {
  day: string;
  /** The period that the day is one of. */
  days: Days;
  filters: Filters;
  onDay: (day: string) => void;
};

/** One day by its hours. */
export function HourPart({ day, days, filters, onDay }: Props) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const [chosen, setChosen] = useState<Measure | null>(null);
  const fresh = useFresh(
    findReportPath({ scope: "all", days: { from: day, to: day }, groupBy: "hour", filters }),
    readReport,
  );
  const possible = fresh.value === undefined ? [] : findMeasures(fresh.value.totals);
  const measure = pickMeasure(chosen, possible);
  return (
    <Part
      title={translate("plot.hours")}
      action={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <DayInput key={day} day={day} days={days} onDay={onDay} />
          {possible.length > 0 && (
            <MeasureSwitch value={measure} possible={possible} onChange={setChosen} />
          )}
        </div>
      }
    >
      <FreshPart fresh={fresh} skeletonClass="h-64">
        {(report) => {
          if (report.totals.attempts === 0) {
            return (
              <p className="text-ink-soft">
                {translate("plot.hoursNone", { day: formats.fullDay(report.from) })}
              </p>
            );
          }
          const hourOf = (at: string) => Number(formats.hour(at, report.timeZone).slice(0, 2));
          return (
            <UsagePlot
              caption={translate("table.captions.hour")}
              measure={measure}
              points={plotHours(report, measure, hourOf)}
              formatKey={(hour) => hour}
              formatFullKey={(hour) => `${formats.fullDay(report.from)}, ${hour}`}
            >
              <SumsTable report={report} isDetailed />
            </UsagePlot>
          );
        }}
      </FreshPart>
    </Part>
  );
}

function DayInput({ day, days, onDay }: Pick<Props, "day" | "days" | "onDay">) {
  const translate = useTranslations("usage.plot");
  const id = useId();
  const [typed, setTyped] = useState(day);
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="shrink-0 text-small text-ink-soft">
        {translate("hoursOf")}
      </label>
      <Input
        id={id}
        type="date"
        value={typed}
        min={days.from}
        max={days.to}
        className="tabular-nums"
        onChange={(event) => {
          const next = event.currentTarget.value;
          setTyped(next);
          if (isDay(next) && next >= days.from && next <= days.to) onDay(next);
        }}
      />
    </div>
  );
}
