"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";
import type { Amount } from "@/lib/contracts/usage";
import { formatChange, formatShare } from "./change";
import { formatAmount, formatExactly, formatShortAmount } from "./money";

export type Formats = ReturnType<typeof makeFormats>;

/** How figures and days are written in the reader's language. */
export function useFormats(): Formats {
  const locale = useLocale();
  return useMemo(() => makeFormats(locale), [locale]);
}

/** Writers of figures and days. Days are names and not moments, so no time zone moves them. */
export function makeFormats(locale: string) {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "second",
    unitDisplay: "short",
    maximumFractionDigits: 2,
  });
  const days = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day: string) => {
      const at = new Date(`${day}T00:00:00Z`);
      return Number.isNaN(at.getTime()) ? day : format.format(at);
    };
  };
  return {
    count: (value: number) => count.format(value),
    /** In few letters, such as `1.2M`. */
    short: (value: number) => short.format(value),
    fine: (value: number) => fine.format(value),
    seconds: (valueMs: number) => seconds.format(valueMs / 1000),
    amount: (amount: Amount, decimals?: number) => formatAmount(locale, amount, decimals),
    exactAmount: (amount: Amount) => formatExactly(locale, amount),
    shortAmount: (amount: Amount) => formatShortAmount(locale, amount),
    share: (value: number) => formatShare(locale, value),
    change: (value: number) => formatChange(locale, value),
    day: days({ month: "short", day: "numeric" }),
    date: days({ year: "numeric", month: "short", day: "numeric" }),
    fullDay: days({ year: "numeric", month: "short", day: "numeric", weekday: "short" }),
    /** Of `2026-11`. */
    month: (month: string) => days({ year: "numeric", month: "long" })(`${month}-01`),
    /** An hour of a moment, in a time zone. */
    hour: (at: string, timeZone: string) =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(new Date(at)),
    /** A moment for people: day and minute, in a time zone. */
    moment: (at: string, timeZone: string) =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(new Date(at)),
    collator: new Intl.Collator(locale, { numeric: true }),
  };
}
