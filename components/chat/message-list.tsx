"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { AnswerMessage } from "./answer-message";
import { OlderMessages } from "./older-messages";
import { TurnStatus } from "./turn-status";
import { useEndFollower } from "./use-end-follower";
import { UserMessage } from "./user-message";

/** Rows that are far from the page cost nothing; these last ones are always near. */
const nearRows = 4;

export function MessageList() {
  const translate = useTranslations("chat");
  const messages = useConversation((state) => state.messages);
  const isLoaded = useConversation((state) => state.isLoaded);
  const replacesId = useConversation((state) =>
    state.turn.phase === "sending" ? state.turn.replacesId : null,
  );
  const isStreaming = useConversation((state) => state.turn.phase === "answering");
  const { scroller, content, isAtEnd, goToEnd } = useEndFollower(messages);
  const replacedAt = messages.findIndex(({ id }) => id === replacesId);
  const shown = replacedAt < 0 ? messages : messages.slice(0, replacedAt);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="region"
        aria-label={translate("conversation")}
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]"
      >
        <div
          ref={content}
          className="mx-auto flex w-full max-w-[48rem] flex-col gap-6 px-4 pt-4 pb-8"
        >
          <OlderMessages scroller={scroller} />
          {!isLoaded && <LoadingRows label={translate("loading")} />}
          {shown.map((message, at) => (
            <div key={message.id} className={at < shown.length - nearRows ? "off-screen-row" : ""}>
              {message.role === "user" ? (
                <UserMessage message={message} />
              ) : (
                <AnswerMessage message={message} isLast={at === shown.length - 1} />
              )}
            </div>
          ))}
          <TurnStatus />
        </div>
      </div>
      {!isAtEnd && (
        <button
          type="button"
          onClick={goToEnd}
          className="float-in absolute bottom-3 left-1/2 flex h-9 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-raised px-3.5 text-ui text-ink-soft shadow-float hover:text-ink"
        >
          <ArrowDown aria-hidden className="size-4" />
          {translate(isStreaming ? "scroll.newText" : "scroll.toEnd")}
        </button>
      )}
    </div>
  );
}

function LoadingRows({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-4">
      <Skeleton className="ms-auto h-11 w-2/5" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-11/12" />
      <Skeleton className="h-4 w-3/5" />
    </div>
  );
}
