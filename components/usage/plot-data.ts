import type { Currency } from "@/lib/contracts/usage";
import type { UsageReport, UsageSums } from "@/lib/contracts/usage-reports";
import { microsOf } from "./money";

/** What a plot can draw. Amounts of different currencies never share one. */
export const measures = ["cost:CNY", "cost:USD", "tokens", "calls"] as const;
export type Measure = (typeof measures)[number];

/** What a bar is put together from, the lowest first. */
export const tokenParts = ["fresh", "cached", "output"] as const;

/** One bar. `parts` add up to `total`; amounts are in micro-units. */
export type PlotPoint = { key: string; parts: number[]; total: number };

/** What can be drawn of a report: costs only in currencies in which something was paid. */
export function findMeasures(totals: UsageSums): Measure[] {
  return measures.filter((measure) => {
    const currency = readMeasuredCurrency(measure);
    return currency === null || totals.costs.some((cost) => cost.currency === currency);
  });
}

/** The one chosen, as long as there is something of it to draw. */
export function pickMeasure(chosen: Measure | null, possible: readonly Measure[]): Measure {
  if (chosen !== null && possible.includes(chosen)) return chosen;
  return possible[0] ?? "tokens";
}

export function readMeasuredCurrency(measure: Measure): Currency | null {
  if (measure === "cost:CNY") return "CNY";
  return measure === "cost:USD" ? "USD" : null;
}

/** The bar of some sums. */
export function makePoint(key: string, sums: UsageSums, measure: Measure): PlotPoint {
  const parts = findParts(sums, measure);
  return { key, parts, total: parts.reduce((sum, part) => sum + part, 0) };
}

function findParts(sums: UsageSums, measure: Measure): number[] {
  const currency = readMeasuredCurrency(measure);
  if (currency !== null) return [microsOf(sums.costs, currency)];
  if (measure === "calls") return [sums.calls];
  const { inputTokens, cachedTokens, outputTokens } = sums;
  return [inputTokens - cachedTokens, cachedTokens, outputTokens];
}

/** A bar for each day of a report. */
export function plotDays(report: UsageReport, measure: Measure): PlotPoint[] {
  return report.rows.map(({ key, sums }) => makePoint(key, sums, measure));
}

/**
 * A bar for each hour of a clock, `00` to `23`: a report tells only of those in which something
 * was used. An hour that a change of the clocks repeats is one bar.
 *
 * @param hourOf the hour that a moment is in, as the team's clocks show it.
 */
export function plotHours(
  report: UsageReport,
  measure: Measure,
  hourOf: (at: string) => number,
): PlotPoint[] {
  const points = Array.from({ length: 24 }, (_, hour): PlotPoint => {
    const parts = measure === "tokens" ? [0, 0, 0] : [0];
    return { key: `${String(hour).padStart(2, "0")}:00`, parts, total: 0 };
  });
  for (const { key, sums } of report.rows) {
    const point = points[hourOf(key)];
    if (point === undefined) continue;
    const { parts, total } = makePoint(key, sums, measure);
    point.parts = point.parts.map((part, index) => part + (parts[index] ?? 0));
    point.total += total;
  }
  return points;
}

/** Who or what has the most of something, the most first; what has nothing of it has no bar. */
export function plotRanking(report: UsageReport, measure: Measure, mostBars: number): PlotPoint[] {
  return report.rows
    .map(({ key, sums }) => makePoint(key, sums, measure))
    .filter(({ total }) => total > 0)
    .toSorted((one, other) => other.total - one.total)
    .slice(0, mostBars);
}
