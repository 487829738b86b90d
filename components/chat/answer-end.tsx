"use client";

import { useTranslations } from "next-intl";
import { sizeOf } from "@/lib/client/chat/conversation-state";
import { useErrorSentence } from "@/lib/client/error-sentence";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { Message } from "@/lib/contracts/messages";
import { AnswerEndActions } from "./answer-end-actions";

/** Their sentence says it all, in whole units of money. */
const budgetErrors: readonly ErrorCode[] = ["budget_exceeded", "budget_needs_price"];

/** Why an answer ended early: what happened, what was kept, and the button that helps. */
export function AnswerEnd({ message, isLast }: { message: Message; isLast: boolean }) {
  const translate = useTranslations("chat.message");
  const sentence = useEndSentence(message);
  if (sentence === null) return null;
  const isFault = message.status === "failed" || message.status === "interrupted";
  return (
    <div
      role={isLast && isFault ? "alert" : undefined}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 border-s-2 ps-3 text-ui text-ink-soft ${isFault ? "border-bad" : "border-line-strong"}`}
    >
      <div className="min-w-[min(16rem,100%)] flex-1">
        <p>{sentence}</p>
        {message.errorCode !== null && (
          <details className="mt-0.5 text-small text-ink-faint">
            <summary className="w-fit rounded-sm">{translate("details")}</summary>
            <p className="mt-0.5">
              {translate("errorCode", { code: message.errorCode })}
              {!budgetErrors.includes(message.errorCode) &&
                Object.entries(message.errorDetails ?? {}).map(
                  ([name, value]) => ` · ${name}: ${String(value)}`,
                )}
            </p>
          </details>
        )}
      </div>
      {isLast && <AnswerEndActions message={message} />}
    </div>
  );
}

function useEndSentence(message: Message): string | null {
  const { status, errorCode, errorDetails, model, budgetLimit } = message;
  const translate = useTranslations("chat.message");
  const translateReceipts = useTranslations("receipts");
  const sayError = useErrorSentence();
  if (status === "complete" || status === "streaming") return null;
  if (status === "stopped" && sizeOf(message) === 0) return translate("stoppedEmpty");
  if (status === "length" && budgetLimit !== null)
    return translateReceipts("keptShort", budgetLimit);
  if (status === "stopped" || status === "length") return translate(status);
  if (status === "filtered" && errorCode === null) return translate("filtered");
  const details = { ...(model === null ? {} : { model }), ...errorDetails };
  return sayError(errorCode ?? (status === "failed" ? "internal" : "connection_lost"), details);
}
