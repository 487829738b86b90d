"use client";

import { ArrowUp, LoaderCircle, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";

type ComposerButtonsProps = {
  /** Whether an answer is under way that can be stopped. */
  isTurnOn: boolean;
  isBlank: boolean;
  canSend: boolean;
  /** Whether what is sent has to wait for the answer. */
  isQueueing: boolean;
  /** Whether it goes out as soon as its images are there. */
  isWaiting: boolean;
};

/** Stop while there is nothing to send; with text, Send, and Stop quietly beside it. */
export function ComposerButtons({
  isTurnOn,
  isBlank,
  canSend,
  isQueueing,
  isWaiting,
}: ComposerButtonsProps) {
  const translate = useTranslations("chat.composer");
  const store = useConversationStore();
  const isStopping = useConversation((state) => state.isStopping);
  return (
    <>
      {isTurnOn && (
        <IconButton
          variant={isBlank ? "primary" : "ghost"}
          label={translate(isStopping ? "stopping" : "stop")}
          shortcut="Esc"
          aria-disabled={isStopping || undefined}
          onClick={() => void store.stop()}
        >
          <Square aria-hidden fill="currentColor" className="!size-3.5" />
        </IconButton>
      )}
      {(!isTurnOn || !isBlank) && (
        <IconButton
          variant="primary"
          type="submit"
          label={translate(isQueueing ? "queue" : "send")}
          shortcut="Enter"
          disabled={!canSend}
        >
          {isWaiting ? (
            <LoaderCircle aria-hidden className="motion-safe:animate-spin" />
          ) : (
            <ArrowUp aria-hidden />
          )}
        </IconButton>
      )}
    </>
  );
}
