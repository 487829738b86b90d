"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";
import { sayAmount } from "@/lib/client/say-amount";
import type { Amount } from "@/lib/contracts/usage";

/** Money in the reader's language: to the micro-unit, or short for a line. */
export function useSayAmount(): Record<"exact" | "brief", (amount: Amount) => string> {
  const locale = useLocale();
  return useMemo(
    () => ({
      exact: (amount) => sayAmount(amount, locale, "exact"),
      brief: (amount) => sayAmount(amount, locale, "brief"),
    }),
    [locale],
  );
}
