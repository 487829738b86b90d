import type { LabelProps } from "recharts";

type Props = {
  /** Where the top of the bar is. */
  viewBox: LabelProps["viewBox"];
  /** How far to the right the bar is, of 1. */
  place: number;
  text: string;
};

/** The figure over the highest bar, so that one is known without pointing at it. */
export function PeakLabel({ viewBox, place, text }: Props) {
  if (viewBox === undefined || !("x" in viewBox)) return null;
  // At the edges it grows to the inside.
  const anchor = place < 0.1 ? "start" : place > 0.9 ? "end" : "middle";
  return (
    <text x={viewBox.x} y={viewBox.y - 7} textAnchor={anchor} fill="var(--ink-soft)" fontSize={12}>
      {text}
    </text>
  );
}
