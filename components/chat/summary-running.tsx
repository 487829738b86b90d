"use client";

import { useTranslations } from "next-intl";
import { useSummaryState } from "@/lib/client/chat/use-summary";
import { useSeconds } from "./use-seconds";

/** One is being made. It goes on at the server, whoever watches. */
export function SummaryRunning() {
  const translate = useTranslations("context.summary");
  const sinceMs = useSummaryState((state) => state.makingSinceMs);
  const seconds = useSeconds(sinceMs, sinceMs !== null);
  return (
    <div className="text-ui text-ink-soft">
      <p role="status" className="sr-only">
        {translate("running", { seconds: 0 })}
      </p>
      <p aria-hidden className="breathe tabular-nums">
        {translate("running", { seconds })}
      </p>
      <p className="text-small text-ink-faint">{translate("runningHint")}</p>
    </div>
  );
}
