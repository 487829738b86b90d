"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import type { Message } from "@/lib/contracts/messages";
import { AnswerActions } from "./answer-actions";
import { AnswerEnd } from "./answer-end";
import { AnswerParts } from "./answer-parts";
import { EditMessage } from "./edit-message";
import { FailoverNote } from "./failover-note";
import { MessageBoundary } from "./message-boundary";
import { CutAgainNote } from "./plan-notes";
import { UnsavedAnswer } from "./unsaved-answer";
import { useIsEditing } from "./use-is-editing";

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
  const isStreaming = message.status === "streaming";
  const isEditing = useIsEditing(message.id) && !isStreaming;
  if (isEditing) {
    return (
      <article aria-label={translate("answer")} data-message-id={message.id}>
        <EditMessage message={message} />
      </article>
    );
  }
  return (
    <article
      data-message-id={message.id}
      aria-label={translate("answer")}
      aria-busy={isStreaming}
      className="group flex flex-col gap-2"
    >
      <FailoverNote message={message} />
      <CutAgainNote messageId={message.id} />
      <AnswerParts message={message} />
      {!isStreaming && <AnswerEnd message={message} isLast={isLast} />}
      {!isStreaming && <UnsavedAnswer message={message} />}
      {!isStreaming && <AnswerActions message={message} isLast={isLast} />}
    </article>
  );
}
