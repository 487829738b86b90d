import { clsx } from "clsx";

type Props = { label: string; used: number; held: number; limit: number };

/** Of a budget: what is used, then what is held, then what is left. Warns from four fifths on. */
export function BudgetBar({ label, used, held, limit }: Props) {
  const share = (value: number) => (limit === 0 ? 1 : Math.min(1, Math.max(0, value / limit)));
  const usedShare = share(used);
  const heldShare = Math.min(share(held), 1 - usedShare);
  const colour = usedShare >= 1 ? "bg-bad" : usedShare >= 0.8 ? "bg-warn" : "bg-accent";
  return (
    <div
      role="img"
      aria-label={label}
      className="my-2 flex h-2 overflow-hidden rounded-full bg-hover"
    >
      <div className={colour} style={{ width: `${String(usedShare * 100)}%` }} />
      <div
        className={clsx(colour, "opacity-35")}
        style={{ width: `${String(heldShare * 100)}%` }}
      />
    </div>
  );
}
