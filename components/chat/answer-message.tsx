"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { isBusy, textOf } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { AnswerEnd } from "./answer-end";
import { AnswerText } from "./answer-text";
import { useCurrentModel } from "./chat-context";
import { CopyAction } from "./copy-action";
import { MessageBoundary } from "./message-boundary";
import { Thinking } from "./thinking";

type AnswerProps = { message: Message; isLast: boolean };

export const AnswerMessage = memo(function AnswerMessage(props: AnswerProps) {
  return (
    <MessageBoundary message={props.message}>
      <AnswerArticle {...props} />
    </MessageBoundary>
  );
});

function AnswerArticle({ message, isLast }: AnswerProps) {
  const translate = useTranslations("chat");
  const text = textOf(message);
  const isStreaming = message.status === "streaming";
  const hasText = text !== "";
  return (
    <article
      aria-label={translate("answer")}
      aria-busy={isStreaming}
      className="group flex flex-col gap-2"
    >
      {message.parts.map((part, at) =>
        part.type === "reasoning" ? (
          <Thinking
            key={at}
            text={part.text}
            isLive={isStreaming && at === message.parts.length - 1}
          />
        ) : (
          <AnswerText
            key={at}
            text={part.text}
            isStreaming={isStreaming && at === message.parts.length - 1}
          />
        ),
      )}
      {!isStreaming && <AnswerEnd message={message} isLast={isLast} />}
      {!isStreaming && (
        <div className="flex min-h-7 items-center gap-2">
          <div className="message-actions -ms-1.5">
            {hasText && <CopyAction text={text} />}
            {isLast && message.status === "complete" && <RegenerateAction messageId={message.id} />}
          </div>
          {message.model !== null && (
            <span
              className="message-actions ms-auto min-w-0 truncate text-small text-ink-faint"
              title={translate("message.answeredBy", { model: message.model })}
            >
              {message.model}
            </span>
          )}
        </div>
      )}
    </article>
  );
}

function RegenerateAction({ messageId }: { messageId: string }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const { model } = useCurrentModel();
  const isBlocked = useConversation((state) => isBusy(state.turn));
  return (
    <IconButton
      size="sm"
      label={translate("regenerate")}
      disabled={isBlocked || model === null}
      onClick={() => void store.regenerate(messageId, model?.id ?? null)}
    >
      <RefreshCw aria-hidden />
    </IconButton>
  );
}
