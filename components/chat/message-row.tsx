"use client";

import dynamic from "next/dynamic";
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
  /** With the answers beside it. */
  isSideBySide: boolean;
};

// Most conversations never show any.
const CandidateColumns = dynamic(() =>
  import("./candidate-columns").then((module) => module.CandidateColumns),
);

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, isLast, isSideBySide } = props;
  const isNear = props.isNear || isSideBySide;
  return (
    <div
      data-row={message.id}
      className={`message-row ${isNear ? "" : "off-screen-row"}`}
      style={
        isNear ? undefined : { containIntrinsicSize: `auto ${String(estimateRowPx(message))}px` }
      }
    >
      {isSideBySide ? (
        <CandidateColumns />
      ) : message.role === "user" ? (
        <UserMessage message={message} />
      ) : (
        <AnswerMessage message={message} isLast={isLast} />
      )}
    </div>
  );
});
