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
      className={clsx("py-1 font-normal", isName ? "pe-4 text-start" : "ps-4 text-end")}
    >
      <button
        type="button"
        onClick={onSort}
        className={clsx(
          "inline-flex min-h-8 items-center gap-1 rounded-sm text-small whitespace-nowrap transition-colors duration-150 hover:text-ink",
          direction === "none" ? "text-ink-faint" : "font-medium text-ink",
          !isName && "flex-row-reverse",
        )}
      >
        {label}
        <Arrow
          aria-hidden
          className={clsx("size-3.5 shrink-0", direction === "none" && "invisible")}
        />
      </button>
    </th>
  );
}
