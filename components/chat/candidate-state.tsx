"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { sizeOf, type CandidateView } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useSeconds } from "./use-seconds";

/** From here on it is told how long one has waited. */
const longWaitSeconds = 3;

/** What an answer that is not over is doing. */
export function CandidateState({ candidate }: { candidate: CandidateView }) {
  const translate = useTranslations("candidates.columns");
  const { message, retry } = candidate;
  const isWaiting = sizeOf(message) === 0;
  const [shownAtMs] = useState(() => Date.now());
  const sinceMs = useConversation(({ turn }) => ("sinceMs" in turn ? turn.sinceMs : shownAtMs));
  const seconds = useSeconds(sinceMs, isWaiting);
  return (
    <span className="flex min-w-0 shrink items-center gap-1.5 text-small text-ink-faint tabular-nums">
      <span aria-hidden className="breathe-text size-1.5 shrink-0 rounded-full bg-accent" />
      <span className="truncate">{say()}</span>
    </span>
  );

  function say(): string {
    if (retry !== null && retry.attempt > 1)
      return translate("retrying", { attempt: retry.attempt, of: retry.of });
    if (!isWaiting) return translate("writing");
    return seconds < longWaitSeconds
      ? translate("waiting")
      : translate("waitingSince", { seconds });
  }
}
