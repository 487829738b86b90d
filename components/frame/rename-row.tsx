"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";

type RenameRowProps = {
  title: string;
  /** The new title; null when it stays as it was. */
  onDone: (title: string | null) => void;
};

/** A row whose title is being changed: Enter or leaving keeps it, Esc does not. */
export function RenameRow({ title, onDone }: RenameRowProps) {
  const translate = useTranslations("frame");
  const composition = useComposition();
  const isDone = useRef(false);
  const finish = (value: string | null) => {
    // Taking the field away blurs it, which must not count as a second answer.
    if (isDone.current) return;
    isDone.current = true;
    const cleaned = value?.trim() ?? "";
    onDone(cleaned === "" || cleaned === title ? null : cleaned);
  };
  return (
    <li>
      <input
        autoFocus
        aria-label={translate("renameLabel")}
        defaultValue={title}
        maxLength={limits.titleCharacters}
        autoComplete="off"
        className="h-9 w-full rounded-control border border-line-strong bg-raised px-2.5 focus-visible:outline-offset-0"
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onBlur={(event) => {
          finish(event.currentTarget.value);
        }}
        onCompositionEnd={composition.onCompositionEnd}
        onKeyDown={(event) => {
          if (composition.isComposing(event)) return;
          if (event.key === "Enter") finish(event.currentTarget.value);
          if (event.key === "Escape") finish(null);
        }}
      />
    </li>
  );
}
