"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RetryWait } from "@/lib/client/chat/conversation-state";
import { useCountdown } from "./use-countdown";
import { WaitingLine } from "./waiting-line";

const reasons = {
  provider_rate_limited: "busy",
  provider_failed: "fault",
  provider_timeout: "slow",
  provider_unreachable: "unreachable",
  connection_lost: "unreachable",
} as const;

/** While a provider in trouble, or a busy one, is given time: why, and when it is asked again. */
export function RetryStatus({ retry }: { retry: RetryWait }) {
  const translate = useTranslations("chat.retry");
  const seconds = useCountdown(retry.untilMs);
  const [secondsAtFirst] = useState(seconds);
  const { attempt, of, errorCode } = retry;
  const reason = translate(
    `reason.${errorCode in reasons ? reasons[errorCode as keyof typeof reasons] : "other"}`,
  );
  if (errorCode === "provider_busy") return <WaitingLine>{translate("place")}</WaitingLine>;
  const say = (left: number) =>
    left > 0
      ? translate("wait", { reason, seconds: left, attempt, of })
      : translate("now", { reason, attempt, of });
  return (
    <WaitingLine>
      {/* Said once; a voice that counts down would say nothing else. */}
      <span className="sr-only">{say(secondsAtFirst)}</span>
      <span aria-hidden className="tabular-nums">
        {say(seconds)}
      </span>
    </WaitingLine>
  );
}
