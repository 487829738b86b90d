"use client";

import { Square, SquareCheck } from "lucide-react";
import { useTranslations } from "next-intl";

/** The box of a task in a list: a picture of one, since nothing in an answer can be ticked. */
export function TaskMark({ isDone }: { isDone: boolean }) {
  const translate = useTranslations("chat.task");
  const Icon = isDone ? SquareCheck : Square;
  return (
    <span className={isDone ? "task-mark text-accent" : "task-mark text-ink-faint"}>
      <Icon aria-hidden />
      <span className="sr-only">{translate(isDone ? "done" : "open")}</span>
    </span>
  );
}
