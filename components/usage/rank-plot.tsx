"use client";

import { Bar, BarChart, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { PlotPoint } from "./plot-data";
import { PlotTip } from "./plot-tip";
import { shortenName } from "./shorten-name";

type Props = {
  /** The most first. */
  points: readonly PlotPoint[];
  sayName: (key: string) => string;
  formatValue: (value: number) => string;
};

const rowPx = 30;
const namePx = 148;
const mostLetters = 20;
const digitPx = 7;
const gapPx = 10;

/** A bar for each name, with its figure at the end. Drawn for the eye: the table says the same. */
export function RankPlot({ points, sayName, formatValue }: Props) {
  const mostDigits = Math.max(0, ...points.map(({ total }) => formatValue(total).length));
  return (
    <ResponsiveContainer width="100%" height={points.length * rowPx}>
      <BarChart
        layout="vertical"
        data={points}
        accessibilityLayer={false}
        margin={{ top: 0, right: mostDigits * digitPx + gapPx, bottom: 0, left: 0 }}
        barCategoryGap="30%"
      >
        <XAxis type="number" hide domain={[0, "dataMax"]} />
        <YAxis
          type="category"
          dataKey="key"
          width={namePx}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={({ y, payload }: { y: number | string; payload: { value: string } }) => (
            <text x={0} y={Number(y)} dy="0.35em" fill="var(--ink-soft)" fontSize={12}>
              {shortenName(sayName(payload.value), mostLetters)}
            </text>
          )}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          content={({ active, payload }) => (
            <PlotTip
              point={active ? (payload[0]?.payload as PlotPoint | undefined) : undefined}
              partNames={[]}
              formatKey={sayName}
              formatValue={formatValue}
            />
          )}
        />
        <Bar dataKey="total" fill="var(--accent)" isAnimationActive={false}>
          <LabelList
            dataKey="total"
            position="right"
            fill="var(--ink-soft)"
            fontSize={12}
            formatter={(value) => formatValue(Number(value))}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
