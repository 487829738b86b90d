"use client";

import { clsx } from "clsx";

type PresetChipProps = { name: string; about: string; isOn: boolean; onClick: () => void };

/** A preset to use; pressed while what is set is what it is. */
export function PresetChip({ name, about, isOn, onClick }: PresetChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      data-tooltip={about}
      className={clsx(
        "flex h-8 max-w-full items-center rounded-control border px-2.5 text-ui transition-colors duration-150",
        isOn
          ? "border-accent bg-accent-soft text-accent"
          : "border-line text-ink-soft hover:bg-hover hover:text-ink",
      )}
      onClick={onClick}
    >
      <span className="truncate">{name}</span>
    </button>
  );
}
