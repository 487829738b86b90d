"use client";

import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";

type Props = {
  label: string;
  direction: "ascending" | "descending" | "none";
  /** The first column, of names. */
  isName?: boolean;
  onSort: () => void;
};

/** The head of a column, which sorts by it. */
export function SortHeader({ label, direction, isName = false, onSort }: Props) {
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={clsx(
        "py-1 font-normal",
        isName ? "sticky start-0 bg-canvas pe-3 text-start" : "ps-3 text-end",
      )}
    >
      <button
        type="button"
        onClick={onSort}
        className={clsx(
          "relative inline-flex min-h-8 items-center rounded-sm text-small whitespace-nowrap transition-colors duration-150 hover:text-ink",
          direction === "none" ? "text-ink-faint" : "font-medium text-ink",
        )}
      >
        {label}
        {/* In the gap between two columns, so that it takes no room of its own. */}
        {direction !== "none" && (
          <Arrow
            aria-hidden
            className={clsx("absolute size-3", isName ? "start-full ms-0.5" : "end-full me-0.5")}
          />
        )}
      </button>
    </th>
  );
}
