"use client";

import { Shuffle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Failover, Message } from "@/lib/contracts/messages";
import { readFailoverReason } from "./failover-reason";

/** Which model answered in place of another, and why; opens to all that were passed over. */
export function FailoverNote({ message }: { message: Message }) {
  const translate = useTranslations("parameters.failover");
  const { failover } = message;
  const say = useFailoverSentence();
  if (failover === null || failover.skipped.length === 0) return null;
  return (
    <details className="text-small text-ink-faint">
      <summary className="flex w-fit max-w-full list-none items-baseline gap-1.5 rounded-sm hover:text-ink-soft [&::-webkit-details-marker]:hidden">
        <Shuffle aria-hidden className="size-3.5 shrink-0 self-center" />
        <span>{say(failover, message.status)}</span>
      </summary>
      <p className="ms-5 mt-1">{translate("tried")}</p>
      <ol className="ms-5 list-decimal ps-5">
        {failover.skipped.map((skipped, at) => (
          <li key={at}>
            {translate("detail", {
              name: translate("entry", skipped),
              reason: translate("reason", { reason: readFailoverReason(skipped.errorCode) }),
            })}
          </li>
        ))}
        {message.status !== "failed" && (
          <li>
            {translate("detail", {
              name: translate("entry", { model: failover.model, provider: failover.provider }),
              reason: translate(message.status === "streaming" ? "answers" : "answered"),
            })}
          </li>
        )}
      </ol>
    </details>
  );
}

function useFailoverSentence(): (failover: Failover, status: Message["status"]) => string {
  const translate = useTranslations("parameters.failover");
  return ({ skipped, model, provider }, status) => {
    const [first, ...others] = skipped;
    // The one that came last could not answer either: the error below says so.
    if (status === "failed" || first === undefined) return translate("passed");
    const isLive = status === "streaming";
    // Two providers may offer a model of one name.
    const isSameName = skipped.some((one) => one.model === model);
    const name = isSameName ? translate("entry", { model, provider }) : model;
    if (others.length > 0) {
      const values = { model: name, count: skipped.length };
      return translate(isLive ? "severalLive" : "several", values);
    }
    return translate(isLive ? "lineLive" : "line", {
      model: name,
      skipped: isSameName ? translate("entry", first) : first.model,
      reason: readFailoverReason(first.errorCode),
    });
  };
}
