import type { LabelProps } from "recharts";

type Props = {
  label: LabelProps;
  /** Which bar is the highest, of how many. */
  at: number;
  count: number;
  text: string;
};

/** The figure over the highest bar, so that one is known without pointing at it. */
export function PeakLabel({ label, at, count, text }: Props) {
  const { index, x, y, width } = label;
  if (index !== at) return null;
  const isFirst = at < count / 6;
  const isLast = at >= count - count / 6;
  const start = Number(x ?? 0);
  const share = isFirst ? 0 : isLast ? 1 : 0.5;
  return (
    <text
      x={start + Number(width ?? 0) * share}
      y={Number(y ?? 0) - 7}
      textAnchor={isFirst ? "start" : isLast ? "end" : "middle"}
      fill="var(--ink-soft)"
      fontSize={12}
    >
      {text}
    </text>
  );
}
