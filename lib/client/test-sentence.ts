"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ErrorDetails } from "@/lib/contracts/errors";
import type { ClientErrorCode } from "./api";
import { useErrorSentence } from "./error-sentence";

const known = [
  "provider_key_refused",
  "provider_forbidden",
  "provider_model_missing",
  "provider_rate_limited",
  "provider_out_of_credit",
  "provider_unreachable",
  "provider_certificate_refused",
  "provider_timeout",
  "provider_failed",
  "provider_rejected",
  "provider_incompatible",
] as const;

const reasons = ["private", "not_https"] as const;

/** What is wrong with a connection, worded for whoever sets it up rather than for who chats. */
export function useTestSentence(): (
  code: ClientErrorCode,
  details?: ErrorDetails | null,
) => string {
  const translate = useTranslations("setup.tests");
  const sayError = useErrorSentence();
  return useCallback(
    (code, details) => {
      if (code === "provider_address_refused") {
        const reason = reasons.find((one) => one === details?.["reason"]) ?? "other";
        return translate(`addressReasons.${reason}`);
      }
      if (code === "provider_redirected") return translate("addressReasons.redirect");
      const sentence = known.find((one) => one === code);
      return sentence === undefined ? sayError(code, details) : translate(sentence);
    },
    [translate, sayError],
  );
}
