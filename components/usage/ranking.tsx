"use client";

import { useState } from "react";
import type { UsageReport } from "@/lib/contracts/usage-reports";
import { LazyRankPlot } from "./lazy-rank-plot";
import { MeasureSwitch } from "./measure-switch";
import {
  findMeasures,
  pickMeasure,
  plotRanking,
  readMeasuredCurrency,
  type Measure,
} from "./plot-data";
import { useFormats } from "./use-formats";
import { useRowName } from "./use-row-name";

const mostBars = 8;
/** As in RankPlot, so that nothing below moves when it is there. */
const rowRem = 1.875;

/** Who or what used the most, drawn; for the eye only, over a table that says it all. */
export function Ranking({ report }: { report: UsageReport }) {
  const formats = useFormats();
  const nameRow = useRowName(report.timeZone);
  const [chosen, setChosen] = useState<Measure | null>(null);
  const possible = findMeasures(report.totals);
  const measure = pickMeasure(chosen, possible);
  const currency = readMeasuredCurrency(measure);
  const points = plotRanking(report, measure, mostBars);
  const labels = new Map(report.rows.map(({ key, label }) => [key, label]));
  if (report.totals.attempts === 0) return null;
  return (
    <div className="mb-6">
      <div className="mb-2 flex justify-end">
        <MeasureSwitch value={measure} possible={possible} onChange={setChosen} />
      </div>
      <div aria-hidden style={{ height: `${String(points.length * rowRem)}rem` }}>
        <LazyRankPlot
          points={points}
          sayName={(key) => nameRow(report.groupBy, { key, label: labels.get(key) ?? null })}
          formatValue={(value) =>
            currency === null ? formats.count(value) : formats.amount({ currency, micros: value })
          }
        />
      </div>
    </div>
  );
}
