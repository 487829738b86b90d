"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ContextPolicy } from "@/lib/contracts/context";

/** Says a policy in a few words, such as "The last 10 rounds". */
export function useSayPolicy(): (policy: ContextPolicy) => string {
  const translate = useTranslations("context.policyFields.short");
  return useCallback(
    ({ kind, rounds, tokens }) => translate(kind, { rounds, tokens }),
    [translate],
  );
}
