"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChannelTest, DeliveryFailure } from "@/lib/contracts/alerts";

type Props = { outcome: ChannelTest | null; isTesting: boolean };

/** What became of a test, in plain words. Always there, so that it is read aloud. */
export function AlertTestResult({ outcome, isTesting }: Props) {
  const translate = useTranslations("alerts.settings");
  const sayFailure = useDeliveryFailure();
  return (
    <p
      role="status"
      className="mt-2 flex items-start gap-1.5 text-small text-pretty text-ink empty:hidden [&>svg]:mt-px [&>svg]:size-4 [&>svg]:shrink-0"
    >
      {isTesting && translate("testing")}
      {outcome?.isDelivered === true && (
        <>
          <CircleCheck aria-hidden className="text-good" />
          {translate("testDelivered")}
        </>
      )}
      {outcome?.isDelivered === false && (
        <>
          <CircleAlert aria-hidden className="text-bad" />
          <span>{translate("testFailed", { reason: sayFailure(outcome) })}</span>
        </>
      )}
    </p>
  );
}

type Failed = { failure: DeliveryFailure | null; httpStatus: number | null };

/** Why a message did not arrive; empty where nobody knows. */
export function useDeliveryFailure(): (failed: Failed) => string {
  const translate = useTranslations("alerts.settings.failures");
  return ({ failure, httpStatus }) =>
    failure === null ? "" : translate(failure, { status: httpStatus ?? 0 });
}
