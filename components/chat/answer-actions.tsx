"use client";

import { Columns2, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { isBusy, textOf } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { Message } from "@/lib/contracts/messages";
import { BranchSwitch } from "./branch-switch";
import { useCurrentModel } from "./chat-context";
import { CopyAction } from "./copy-action";
import { MessageMenu } from "./message-menu";
import { ReceiptButton } from "./receipt-button";
import { RowStandingNote } from "./row-standing-note";
import { WhenNear } from "./when-near";

/** Under an answer: which version it is, what can be done with it, and who wrote it. */
export function AnswerActions({ message, isLast }: { message: Message; isLast: boolean }) {
  const text = textOf(message);
  // At the end of the conversation, an answer that ended early has a button of its own for it.
  const canRegenerate = !isLast || message.status === "complete";
  return (
    <div className="-ms-1.5 flex min-h-7 items-center gap-1">
      <BranchSwitch message={message} />
      <WhenNear className="message-actions">
        {text !== "" && <CopyAction text={text} />}
        {canRegenerate && <RegenerateAction messageId={message.id} />}
        {message.candidateGroup !== null && message.siblingIds.length > 1 && (
          <SideBySideAction messageId={message.id} />
        )}
        <MessageMenu message={message} />
      </WhenNear>
      <RowStandingNote />
      <ReceiptButton message={message} />
    </div>
  );
}

function SideBySideAction({ messageId }: { messageId: string }) {
  const translate = useTranslations("candidates.columns");
  const store = useConversationStore();
  const isBlocked = useConversation((state) => isBusy(state.turn));
  return (
    <IconButton
      size="sm"
      label={translate("open")}
      disabled={isBlocked}
      onClick={() => void store.openCandidates(messageId)}
    >
      <Columns2 aria-hidden />
    </IconButton>
  );
}

function RegenerateAction({ messageId }: { messageId: string }) {
  const translate = useTranslations("chat.message");
  const store = useConversationStore();
  const { model } = useCurrentModel();
  const isBlocked = useConversation((state) => isBusy(state.turn));
  return (
    <IconButton
      size="sm"
      label={translate("regenerate")}
      disabled={isBlocked || model === null}
      onClick={() => void store.regenerate(messageId, model?.id ?? null)}
    >
      <RefreshCw aria-hidden />
    </IconButton>
  );
}
