import { clsx } from "clsx";
import type { ReactNode } from "react";

type Props = {
  /** What it is, and how it stands. */
  children: ReactNode;
  /** What stands before it. */
  start?: ReactNode;
  /** What can be done with it; level with its first line. */
  controls: ReactNode;
  /** More can be done than a phone has room for at the side: there it comes below. */
  isStacked?: boolean;
};

/** One of a list of things in the settings: what it is at the left, its controls at the right. */
export function ItemRow({ children, start, controls, isStacked = false }: Props) {
  return (
    <li
      className={clsx(
        "group flex items-start py-1.5",
        isStacked ? "gap-x-4 max-sm:flex-wrap max-sm:pb-3.5" : "gap-x-2",
      )}
    >
      {start}
      <div className={clsx("min-w-0 flex-1 py-2", isStacked && "max-sm:basis-full")}>
        {children}
      </div>
      <div className="flex min-h-9 shrink-0 items-center gap-2">{controls}</div>
    </li>
  );
}
