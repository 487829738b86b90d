import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ErrorDetails } from "@/lib/contracts/errors";
import type { ClientErrorCode } from "./api";

/**
 * The sentence for an error code, in the user's language: what happened, what was kept, what to
 * do. `details` fill in what the sentence can name.
 */
export function useErrorSentence(): (
  code: ClientErrorCode,
  details?: ErrorDetails | null,
) => string {
  const translate = useTranslations("errors");
  return useCallback(
    (code, details) => {
      const { field, model, role, retryAfterSeconds } = details ?? {};
      return translate(translate.has(code) ? code : "internal", {
        field: textOr(field, "none"),
        model: textOr(model, "none"),
        role: textOr(role, "none"),
        ...describeWait(retryAfterSeconds),
      });
    },
    [translate],
  );
}

/** A wait as people say it: seconds up to a minute and a half, then whole minutes, rounded up. */
export function describeWait(seconds: unknown): {
  waitAmount: number;
  waitUnit: "none" | "seconds" | "minutes";
} {
  if (typeof seconds !== "number" || !(seconds > 0)) return { waitAmount: 0, waitUnit: "none" };
  if (seconds <= 90) return { waitAmount: Math.ceil(seconds), waitUnit: "seconds" };
  return { waitAmount: Math.ceil(seconds / 60), waitUnit: "minutes" };
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}
