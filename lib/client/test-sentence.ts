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
const faults = ["expired", "self_signed", "unknown_issuer", "wrong_host", "handshake"] as const;

/** Which sentence of `setup.tests` it is; null where the usual one for the error will do. */
export function chooseTestSentence(code: ClientErrorCode, details: ErrorDetails | null) {
  if (code === "provider_address_refused") {
    const reason = reasons.find((one) => one === details?.["reason"]) ?? "other";
    return `addressReasons.${reason}` as const;
  }
  if (code === "provider_redirected") return "addressReasons.redirect" as const;
  const fault = faults.find((one) => one === details?.["fault"]);
  if (code === "provider_certificate_refused" && fault !== undefined)
    return `certificateFaults.${fault}` as const;
  return known.find((one) => one === code) ?? null;
}

/** What is wrong with a connection, worded for whoever sets it up rather than for who chats. */
export function useTestSentence(): (
  code: ClientErrorCode,
  details?: ErrorDetails | null,
) => string {
  const translate = useTranslations("setup.tests");
  const sayError = useErrorSentence();
  return useCallback(
    (code, details = null) => {
      const sentence = chooseTestSentence(code, details);
      return sentence === null ? sayError(code, details) : translate(sentence);
    },
    [translate, sayError],
  );
}
