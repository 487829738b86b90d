"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import type { Message } from "@/lib/contracts/messages";
import { useCurrentModel } from "./chat-context";

/** Why an answer ended early: what happened, what was kept, and the button that helps. */
export function AnswerEnd({ message, isLast }: { message: Message; isLast: boolean }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const sentence = useEndSentence(message);
  const { model } = useCurrentModel();
  const isBlocked = useConversation((state) => isBusy(state.turn));
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
              {Object.entries(message.errorDetails ?? {}).map(
                ([name, value]) => ` · ${name}: ${String(value)}`,
              )}
            </p>
          </details>
        )}
      </div>
      {isLast && (
        <Button
          size="sm"
          disabled={isBlocked || model === null}
          onClick={() => void store.regenerate(message.id, model?.id ?? null)}
        >
          {translate("retry")}
        </Button>
      )}
    </div>
  );
}

function useEndSentence({ status, errorCode, errorDetails, model }: Message): string | null {
  const translate = useTranslations("chat.message");
  const sayError = useErrorSentence();
  if (status === "complete" || status === "streaming") return null;
  if (status === "stopped" || status === "length") return translate(status);
  if (status === "filtered" && errorCode === null) return translate("filtered");
  const details = { ...(model === null ? {} : { model }), ...errorDetails };
  return sayError(errorCode ?? (status === "failed" ? "internal" : "connection_lost"), details);
}
