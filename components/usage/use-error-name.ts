"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** The errors that a request can end with, and that have a name as short as a table needs. */
const named = [
  "provider_key_refused",
  "provider_forbidden",
  "provider_model_missing",
  "provider_rate_limited",
  "provider_out_of_credit",
  "provider_unreachable",
  "provider_certificate_refused",
  "provider_redirected",
  "provider_address_refused",
  "provider_timeout",
  "provider_failed",
  "provider_rejected",
  "provider_incompatible",
  "provider_resting",
  "provider_busy",
  "own_key_refused",
  "own_key_missing",
  "context_too_long",
  "model_incapable",
  "summary_failed",
  "empty_answer",
  "answer_filtered",
  "answer_damaged",
  "connection_lost",
  "server_restarted",
  "shutting_down",
  "internal",
] as const;

/** What an error class is called in a table; its code where it has no other name. */
export function useErrorName(): (code: string) => string {
  const translate = useTranslations("usage.errors");
  return useCallback(
    (code) => {
      const known = named.find((one) => one === code);
      return known === undefined ? code : translate(known);
    },
    [translate],
  );
}
