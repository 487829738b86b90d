"use client";

import { useFormatter } from "next-intl";
import { useHydrated } from "@/lib/client/use-hydrated";

/**
 * Says a moment (ISO 8601) as a day, or as a day with its time. The server does not know the
 * reader's time zone; the browser puts the hour right as soon as it has taken over.
 */
export function useMoment(): (at: string, hasTime?: boolean) => string {
  const format = useFormatter();
  const timeZone = useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return (at, hasTime = false) =>
    format.dateTime(new Date(at), {
      dateStyle: "medium",
      ...(hasTime ? { timeStyle: "short" } : {}),
      timeZone,
    });
}
