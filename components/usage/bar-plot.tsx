"use client";

import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
  type LabelProps,
} from "recharts";
import { PeakLabel } from "./peak-label";
import type { PlotPoint } from "./plot-data";
import { partColours } from "./part-colours";
import { PlotTip } from "./plot-tip";

type Props = {
  points: readonly PlotPoint[];
  /** What the parts of a bar are called, the lowest first; one name for a bar in one piece. */
  partNames: readonly string[];
  formatKey: (key: string) => string;
  /** A key in full, over the figures of its bar. */
  formatFullKey: (key: string) => string;
  formatValue: (value: number) => string;
  /** In few letters, for the side. */
  formatShort: (value: number) => string;
  onChoose?: (key: string) => void;
};

const axis = { axisLine: false, tickLine: false, tick: { fill: "var(--ink-faint)", fontSize: 12 } };

// Room for the figures at the side: amounts far below a cent have many digits.
const leastSidePx = 56;
const digitPx = 7.5;
const sideGapPx = 10;

/** Bars in one colour and its tints. Drawn for the eye only: the table beside it says the same. */
export function BarPlot(props: Props) {
  const { points, partNames, formatKey, formatFullKey, formatValue, formatShort } = props;
  const { onChoose } = props;
  const peak = Math.max(...points.map(({ total }) => total));
  const peakAt = points.findIndex(({ total }) => total === peak);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={points}
        accessibilityLayer={false}
        margin={{ top: 22, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={points.length > 60 ? "10%" : "24%"}
        {...(onChoose === undefined
          ? {}
          : {
              className: "cursor-pointer",
              onClick: ({ activeLabel }: { activeLabel?: string | number | undefined }) => {
                if (typeof activeLabel === "string") onChoose(activeLabel);
              },
            })}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          {...axis}
          dataKey="key"
          tickFormatter={formatKey}
          interval="equidistantPreserveStart"
          minTickGap={28}
          height={24}
        />
        <YAxis
          {...axis}
          width={Math.max(leastSidePx, formatShort(peak).length * digitPx + sideGapPx)}
          tickCount={4}
          allowDecimals={false}
          tickFormatter={formatShort}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload }) => (
            <PlotTip
              point={active ? (payload[0]?.payload as PlotPoint | undefined) : undefined}
              partNames={partNames}
              formatKey={formatFullKey}
              formatValue={formatValue}
            />
          )}
        />
        {partNames.map((name, index) => (
          <Bar
            key={name}
            name={name}
            dataKey={(point: PlotPoint) => point.parts[index] ?? 0}
            stackId="whole"
            fill={partColours[index] ?? "var(--accent)"}
            maxBarSize={48}
            isAnimationActive={false}
          />
        ))}
        {peak > 0 && (
          <ReferenceDot
            x={points[peakAt]?.key ?? ""}
            y={peak}
            r={0}
            label={({ viewBox }: LabelProps) => (
              <PeakLabel
                viewBox={viewBox}
                place={peakAt / Math.max(1, points.length - 1)}
                text={formatValue(peak)}
              />
            )}
          />
        )}
      </BarChart>
    </ResponsiveContainer>
  );
}
