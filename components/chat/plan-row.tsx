"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { endOf } from "@/lib/client/chat/message-window";
import { useConversation } from "@/lib/client/chat/use-conversation";
import type { ContextPolicy, PlanEntry } from "@/lib/contracts/context";
import { goFromPanel } from "./go-from-panel";
import { PlanMarkMenu } from "./plan-mark-menu";
import { LivePlanState, PlanState } from "./plan-state";

type PlanRowProps = {
  entry: PlanEntry;
  policy: ContextPolicy;
  /** Nothing before it goes along. */
  isStart: boolean;
  /** Something was said about it here. */
  onTouch: (messageId: string) => void;
};

/** A message of the plan: whether it goes along and why; a click goes to it. */
export const PlanRow = memo(function PlanRow(props: PlanRowProps) {
  const { entry, policy, isStart, onTouch } = props;
  const translate = useTranslations("context.plan");
  const { messageId, role, excerpt, tokens, sentTokens, state } = entry;
  const isGone = state === "left_out" || state === "summarised";
  const isCut = state === "shortened" && sentTokens < tokens;
  // The plan knows it as it was a while ago.
  const isLive = useConversation((conversation) => {
    const last = endOf(conversation).at(-1);
    return last?.id === messageId && last.status === "streaming";
  });
  return (
    <li className="plan-row group/row relative flex items-start gap-1 ps-5 pe-2 hover:bg-hover">
      <button
        type="button"
        title={translate("goTo")}
        className="min-w-0 flex-1 rounded-control py-2.5 text-start focus-visible:outline-offset-[-2px]"
        onClick={() => {
          goFromPanel(messageId);
        }}
      >
        <span className="flex items-baseline gap-2 text-small text-ink-faint">
          <span className="font-medium text-ink-soft">
            {translate(role === "user" ? "you" : "answer")}
          </span>
          {!isLive && (
            <span className="ms-auto tabular-nums">
              <span aria-hidden>
                {isCut
                  ? translate("sentOfShort", { sent: sentTokens, count: tokens })
                  : translate("tokensShort", { count: tokens })}
              </span>
              <span className="sr-only">
                {isCut
                  ? translate("sentOf", { sent: sentTokens, count: tokens })
                  : translate("tokens", { count: tokens })}
              </span>
            </span>
          )}
        </span>
        <span
          className={clsx(
            "mt-0.5 line-clamp-2 text-ui wrap-anywhere",
            isGone ? "text-ink-faint" : "text-ink",
          )}
        >
          {excerpt}
        </span>
        {isLive ? <LivePlanState /> : <PlanState entry={entry} policy={policy} />}
      </button>
      <PlanMarkMenu
        entry={entry}
        isStart={isStart}
        onTouch={() => {
          onTouch(messageId);
        }}
      />
    </li>
  );
});
