"use client";

import { useFormatter, useTranslations } from "next-intl";
import { groupByDay } from "@/lib/client/alerts/group-by-day";
import type { Alert } from "@/lib/contracts/alerts";

/** The alerts by the days of the reader's calendar, each with what it is called. */
export function useAlertDays(alerts: readonly Alert[]) {
  const translate = useTranslations("alerts.bell");
  const format = useFormatter();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const nameDay = (key: string, daysAgo: number) => {
    // Clocks differ a little: what seems to come from tomorrow is of today.
    if (daysAgo <= 0) return translate("today");
    if (daysAgo === 1) return translate("yesterday");
    return format.dateTime(new Date(key), { dateStyle: "long", timeZone: "UTC" });
  };
  return groupByDay(alerts, new Date(), timeZone).map(({ key, daysAgo, items }) => ({
    key,
    alerts: items,
    label: nameDay(key, daysAgo),
  }));
}
