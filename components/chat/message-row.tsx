"use client";

import dynamic from "next/dynamic";
import { memo, useMemo } from "react";
import { estimateRowPx } from "@/lib/client/chat/row-height";
import type { ContextMark } from "@/lib/contracts/context";
import type { Message } from "@/lib/contracts/messages";
import { AnswerMessage } from "./answer-message";
import { RowStandingContext, type RowStanding } from "./row-standing";
import { UserMessage } from "./user-message";

type MessageRowProps = {
  message: Message;
  isLast: boolean;
  /** Laid out always; other rows only when they come near to what is seen. */
  isNear: boolean;
  /** With the answers beside it. */
  isSideBySide: boolean;
  /** Whether it goes along with the next turn. */
  fate: RowStanding["fate"];
  mark: ContextMark;
};

// Most conversations never show any.
const CandidateColumns = dynamic(() =>
  import("./candidate-columns").then((module) => module.CandidateColumns),
);

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, isLast, isSideBySide, fate, mark } = props;
  const isNear = props.isNear || isSideBySide;
  const standing = useMemo(() => ({ fate, mark }), [fate, mark]);
  return (
    <div
      data-row={message.id}
      data-fate={fate}
      className={`message-row ${isNear ? "" : "off-screen-row"} ${fate === "sent" ? "" : "text-ink-soft"}`}
      style={
        isNear ? undefined : { containIntrinsicSize: `auto ${String(estimateRowPx(message))}px` }
      }
    >
      <RowStandingContext value={standing}>
        {isSideBySide ? (
          <CandidateColumns />
        ) : message.role === "user" ? (
          <UserMessage message={message} />
        ) : (
          <AnswerMessage message={message} isLast={isLast} />
        )}
      </RowStandingContext>
    </div>
  );
});
