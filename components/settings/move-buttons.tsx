"use client";

import { clsx } from "clsx";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";

type Props = {
  /** What is moved, for the buttons' names. */
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  className?: string;
};

/** Moves an item of a list up or down. The pressed button keeps the focus on the way. */
export function MoveButtons({ name, index, count, onMove, className }: Props) {
  const translate = useTranslations("aliases");
  const pressed = useRef<HTMLButtonElement>(null);

  // A row that changes its place in the page loses the focus.
  useLayoutEffect(() => {
    if (pressed.current !== null && document.activeElement === document.body)
      pressed.current.focus();
    pressed.current = null;
  }, [index]);

  const button = (direction: "up" | "down") => {
    const to = direction === "up" ? index - 1 : index + 1;
    const isAtEnd = to < 0 || to >= count;
    return (
      <IconButton
        size="sm"
        label={translate(direction, { name })}
        aria-disabled={isAtEnd || undefined}
        className="aria-disabled:opacity-30"
        onClick={(event) => {
          if (isAtEnd) return;
          pressed.current = event.currentTarget;
          onMove(to);
        }}
      >
        {direction === "up" ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
      </IconButton>
    );
  };
  return (
    <div className={clsx("flex shrink-0", className)}>
      {button("up")}
      {button("down")}
    </div>
  );
}
