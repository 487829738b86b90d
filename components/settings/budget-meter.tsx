import { clsx } from "clsx";

type Props = { label: string; used: number; held: number; limit: number; isThin?: boolean };

/** What of a limit is used, what is reserved on top (hatched), and what is left. */
export function BudgetMeter({ label, used, held, limit, isThin = false }: Props) {
  const usedPercent = toPercent(used, limit);
  const heldPercent = Math.min(toPercent(held, limit), 100 - usedPercent);
  const colour = used >= limit ? "text-bad" : used >= limit * 0.8 ? "text-warn" : "text-accent";
  return (
    <div
      role="img"
      aria-label={label}
      className={clsx("flex overflow-hidden rounded-full bg-line", isThin ? "h-1" : "h-2", colour)}
    >
      <div
        className={clsx("bg-current transition-[width]", used > 0 && "min-w-0.5")}
        style={{ width: `${String(usedPercent)}%` }}
      />
      <div
        className={clsx(held > 0 && "min-w-0.5")}
        style={{ width: `${String(heldPercent)}%`, backgroundImage: hatching }}
      />
    </div>
  );
}

const hatching = "repeating-linear-gradient(135deg, currentColor 0 2px, transparent 2px 5px)";

const toPercent = (amount: number, limit: number) =>
  Math.min(100, Math.max(0, (100 * amount) / Math.max(1, limit)));
