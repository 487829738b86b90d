"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Fragment, useMemo } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { describeRows, findEndLine } from "@/lib/client/chat/context-plan-line";
import { usePlanState } from "@/lib/client/chat/use-context-plan";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { FindMarks } from "./find-marks";
import { MessageRow } from "./message-row";
import { MessageVisits } from "./message-visits";
import { NewerMessages } from "./newer-messages";
import { OlderMessages } from "./older-messages";
import { fateOf } from "./row-standing";
import { ToEnd } from "./to-end";
import { TurnStatus } from "./turn-status";
import { useEndFollower } from "./use-end-follower";
import { WindowLine } from "./window-line";

// Few conversations go on from another one.
const SummaryCarried = dynamic(() =>
  import("./summary-carried").then((module) => module.SummaryCarried),
);

/** Rows that are far from the page cost nothing; these last ones are always near. */
const nearRows = 4;

export function MessageList() {
  const translate = useTranslations("chat");
  const messages = useConversation((state) => state.messages);
  const isLoaded = useConversation((state) => state.isLoaded);
  const isStartLoaded = useConversation((state) => state.before === null);
  const isCarried = useConversation((state) => state.carried != null);
  const isEndLoaded = useConversation((state) => state.after === null);
  const replacesId = useConversation((state) =>
    state.turn.phase === "sending" ? state.turn.replacesId : null,
  );
  const groupId = useConversation((state) => state.sideBySide?.groupId ?? null);
  const { scroller, content, follower, isAtEnd, goToEnd } = useEndFollower();
  const replacedAt = messages.findIndex(({ id }) => id === replacesId);
  const shown = replacedAt < 0 ? messages : messages.slice(0, replacedAt);
  const line = usePlanState((state) => state.line);
  const rows = useMemo(() => describeRows(messages, line), [messages, line]);
  const endLine = useMemo(() => findEndLine(messages, line), [messages, line]);
  const endAt = isEndLoaded || replacedAt >= 0 ? shown.length : Number.POSITIVE_INFINITY;

  return (
    <div className="relative min-h-0 flex-1">
      {/* In reverse until scripts run, so that the first paint is the end; see end-follower.ts. */}
      <div
        ref={scroller}
        role="region"
        aria-label={translate("conversation")}
        tabIndex={0}
        className="@container flex h-full flex-col-reverse overflow-y-auto overscroll-contain [overflow-anchor:none] focus-visible:outline-offset-[-2px]"
      >
        <div
          ref={content}
          className="mx-auto mb-auto flex w-full max-w-[48rem] shrink-0 flex-col gap-6 px-4 pt-4 pb-8"
        >
          <OlderMessages scroller={scroller} />
          {isCarried && isStartLoaded && <SummaryCarried />}
          {!isLoaded && <LoadingRows label={translate("loading")} />}
          {shown.map((message, at) => {
            const row = rows.get(message.id);
            return (
              <Fragment key={message.id}>
                {row?.line && <WindowLine kind={row.line} />}
                <MessageRow
                  message={message}
                  isLast={at === endAt - 1}
                  isNear={at >= endAt - nearRows}
                  isSideBySide={groupId !== null && message.candidateGroup === groupId}
                  fate={fateOf(row)}
                  mark={row?.mark ?? message.context}
                />
              </Fragment>
            );
          })}
          {endLine !== null && endAt === shown.length && <WindowLine kind={endLine} />}
          {endAt === shown.length ? <TurnStatus /> : <NewerMessages scroller={scroller} />}
        </div>
      </div>
      <FindMarks content={content} follower={follower} />
      <MessageVisits content={content} follower={follower} />
      {!isAtEnd && <ToEnd onClick={() => void goToEnd()} />}
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
