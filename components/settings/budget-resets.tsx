"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Budget } from "@/lib/contracts/budgets";

/** When it starts anew, as a day of its own time zone. */
export function BudgetResets({ budget: { resetsAt, timeZone } }: { budget: Budget }) {
  const translate = useTranslations("budgets.row");
  const format = useFormatter();
  if (resetsAt === null) return null;
  const date = format.dateTime(new Date(resetsAt), { timeZone, month: "short", day: "numeric" });
  return <span>{translate("resets", { date })}</span>;
}
