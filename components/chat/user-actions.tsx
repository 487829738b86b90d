"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { textOf } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { BranchSwitch } from "./branch-switch";
import { useCurrentModel } from "./chat-context";
import { CopyAction } from "./copy-action";
import { MessageMenu } from "./message-menu";
import { RowStandingNote } from "./row-standing-note";
import { WhenNear } from "./when-near";

/** Under a user's message: what can be done with it, and which version it is. */
export function UserActions({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const { model } = useCurrentModel();
  const text = textOf(message);
  const isUnanswered = useConversation(
    ({ messages, after, turn }) =>
      turn.phase === "idle" && after === null && messages.at(-1)?.id === message.id,
  );
  return (
    <div className="-me-1.5 flex min-h-7 items-center justify-end gap-1">
      <RowStandingNote />
      <WhenNear className="message-actions">
        {text !== "" && <CopyAction text={text} />}
        <IconButton
          size="sm"
          data-edits
          label={translate("edit")}
          onClick={() => {
            store.beginEdit(message.id);
          }}
        >
          <Pencil aria-hidden />
        </IconButton>
        <MessageMenu message={message} />
      </WhenNear>
      <BranchSwitch message={message} />
      {isUnanswered && (
        <Button
          size="sm"
          className="me-1.5"
          disabled={model === null}
          onClick={() => void store.regenerate(message.id, model?.id ?? null)}
        >
          {translate("answerThis")}
        </Button>
      )}
    </div>
  );
}
