"use client";

import { memo } from "react";
import { estimateRowPx } from "@/lib/client/chat/row-height";
import type { Message } from "@/lib/contracts/messages";
import { AnswerMessage } from "./answer-message";
import { UserMessage } from "./user-message";

type MessageRowProps = {
  message: Message;
  isLast: boolean;
  /** Laid out always; other rows only when they come near to what is seen. */
  isNear: boolean;
};

export const MessageRow = memo(function MessageRow({ message, isLast, isNear }: MessageRowProps) {
  return (
    <div
      data-row={message.id}
      className={`message-row ${isNear ? "" : "off-screen-row"}`}
      style={
        isNear ? undefined : { containIntrinsicSize: `auto ${String(estimateRowPx(message))}px` }
      }
    >
      {message.role === "user" ? (
        <UserMessage message={message} />
      ) : (
        <AnswerMessage message={message} isLast={isLast} />
      )}
    </div>
  );
});
