"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LazyBarPlot } from "./lazy-bar-plot";
import { partColours } from "./part-colours";
import { readMeasuredCurrency, tokenParts, type Measure, type PlotPoint } from "./plot-data";
import { useFormats } from "./use-formats";

type Props = {
  /** What the plot is about, read aloud before its table. */
  caption: string;
  measure: Measure;
  points: readonly PlotPoint[];
  formatKey: (key: string) => string;
  formatFullKey: (key: string) => string;
  onChoose?: (key: string) => void;
  /** The same figures to read. */
  children: ReactNode;
};

/** A plot for the eye, and its table for everybody who wants it. */
export function UsagePlot(props: Props) {
  const { caption, measure, points, children, onChoose, ...keys } = props;
  const translate = useTranslations("usage");
  const formats = useFormats();
  const currency = readMeasuredCurrency(measure);
  const partNames =
    measure === "tokens"
      ? tokenParts.map((part) => translate(`parts.${part}`))
      : [translate(measure === "calls" ? "measure.calls" : "measure.cost")];
  const format = (value: number) =>
    currency === null ? formats.count(value) : formats.amount({ currency, micros: value });
  const formatShort = (value: number) =>
    currency === null ? formats.short(value) : formats.shortAmount({ currency, micros: value });
  return (
    <figure>
      <figcaption className="sr-only">{caption}</figcaption>
      <div aria-hidden>
        {partNames.length > 1 && (
          <p className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-small text-ink-soft">
            {partNames.map((name, index) => (
              <span key={name} className="inline-flex items-center gap-1.5">
                <span
                  className="size-2.5 rounded-[2px]"
                  style={{ backgroundColor: partColours[index] }}
                />
                {name}
              </span>
            ))}
          </p>
        )}
        <div className="h-56">
          <LazyBarPlot
            points={points}
            partNames={partNames}
            formatValue={format}
            formatShort={formatShort}
            {...keys}
            {...(onChoose === undefined ? {} : { onChoose })}
          />
        </div>
      </div>
      <details className="group mt-2">
        <summary className="inline-flex min-h-8 items-center gap-1 rounded-sm text-small text-ink-soft hover:text-ink">
          <ChevronRight
            aria-hidden
            className="size-3.5 transition-transform duration-150 group-open:rotate-90"
          />
          {translate("plot.table")}
        </summary>
        <div className="mt-1">{children}</div>
      </details>
    </figure>
  );
}
