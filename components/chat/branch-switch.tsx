"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, type MouseEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { topOf } from "./message-place";

/** `‹ 2/3 ›`: which alternative of a message is shown, and the way to the others. */
export function BranchSwitch({ message }: { message: Message }) {
  return message.siblingIds.length < 2 ? null : <Switch message={message} />;
}

function Switch({ message: { id, siblingIds } }: { message: Message }) {
  const translate = useTranslations("chat.branch");
  const store = useConversationStore();
  const isBlocked = useConversation((state) => isBusy(state.turn));
  const wantedId = useConversation(({ choosing }) =>
    choosing?.shownId === id ? choosing.toId : id,
  );
  const group = useRef<HTMLDivElement>(null);
  const at = siblingIds.indexOf(wantedId);

  // The row that was walked away from is gone, and the button under the keyboard with it.
  useLayoutEffect(() => {
    const { held } = store.get();
    if (held?.messageId !== id || held.focus === null) return;
    const button = group.current?.querySelector<HTMLElement>(`[data-way="${held.focus}"]`);
    button?.focus({ preventScroll: true });
  }, [id, store]);

  const go = (way: "previous" | "next") => (event: MouseEvent<HTMLButtonElement>) => {
    const toId = siblingIds[at + (way === "next" ? 1 : -1)];
    if (isBlocked || toId === undefined) return;
    const isFocused = document.activeElement === event.currentTarget;
    void store.choose(id, toId, { topPx: topOf(id), focus: isFocused ? way : null });
  };
  const button = (way: "previous" | "next", isPossible: boolean) => (
    <IconButton
      size="sm"
      data-way={way}
      className="aria-disabled:cursor-default aria-disabled:opacity-40 aria-disabled:hover:bg-transparent"
      label={translate(isBlocked ? `${way}Later` : way)}
      aria-disabled={isBlocked || !isPossible || undefined}
      onClick={go(way)}
    >
      {way === "next" ? <ChevronRight aria-hidden /> : <ChevronLeft aria-hidden />}
    </IconButton>
  );
  return (
    <div
      ref={group}
      role="group"
      aria-label={translate("label", { at: at + 1, count: siblingIds.length })}
      className="flex shrink-0 items-center text-small text-ink-soft tabular-nums"
    >
      {button("previous", at > 0)}
      <span aria-hidden className="min-w-7 text-center">
        {at + 1}/{siblingIds.length}
      </span>
      {button("next", at < siblingIds.length - 1)}
    </div>
  );
}
