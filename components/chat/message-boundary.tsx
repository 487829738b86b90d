"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { textOf } from "@/lib/client/chat/conversation-state";
import type { Message } from "@/lib/contracts/messages";
import { CopyAction } from "./copy-action";
import { LongText } from "./markdown/long-text-view";
import { RenderBoundary } from "./markdown/render-boundary";

type Props = { message: Message; children: ReactNode };

/** A message that cannot be rendered is its text, and the others stay as they are. */
export function MessageBoundary({ message, children }: Props) {
  return (
    <RenderBoundary of={message.status} fallback={<BrokenMessage message={message} />}>
      {children}
    </RenderBoundary>
  );
}

function BrokenMessage({ message }: { message: Message }) {
  const translate = useTranslations("reading");
  const chat = useTranslations("chat");
  const text = textOf(message);
  return (
    <article aria-label={chat(message.role === "user" ? "you" : "answer")} className="group">
      <p className="text-ui text-ink-soft">{translate("broken")}</p>
      <div className="reading mt-2 whitespace-pre-wrap">
        <LongText text={text} />
      </div>
      <div className="message-actions -ms-1.5 mt-2">
        <CopyAction text={text} />
      </div>
    </article>
  );
}
