import type { PlotPoint } from "./plot-data";

type Props = {
  point: PlotPoint | undefined;
  partNames: readonly string[];
  formatKey: (key: string) => string;
  formatValue: (value: number) => string;
};

/** The figures of the bar that is pointed at. */
export function PlotTip({ point, partNames, formatKey, formatValue }: Props) {
  if (point === undefined) return null;
  return (
    <div className="rounded-control border border-line bg-raised px-3 py-2 text-small text-ink tabular-nums shadow-float">
      <p className="text-ink-soft">{formatKey(point.key)}</p>
      <p className="text-ui font-medium">{formatValue(point.total)}</p>
      {partNames.length > 1 &&
        partNames.map((name, index) => (
          <p key={name} className="flex justify-between gap-4">
            <span className="text-ink-soft">{name}</span>
            <span>{formatValue(point.parts[index] ?? 0)}</span>
          </p>
        ))}
    </div>
  );
}
