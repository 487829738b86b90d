"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ErrorCode } from "@/lib/contracts/errors";

const known = [
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
  "model_incapable",
  "context_too_long",
  "empty_answer",
  "answer_filtered",
  "connection_lost",
  "answer_damaged",
  "server_restarted",
] as const;

/** What went wrong with a call, in a short sentence for whoever looks after the models. */
export function useHealthError(): (code: ErrorCode) => string {
  const translate = useTranslations("aliases.health.codes");
  return useCallback(
    (code) => translate(known.find((one) => one === code) ?? "other"),
    [translate],
  );
}
