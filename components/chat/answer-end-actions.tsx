"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { isBusy, textOf } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { Message, MessageStatus } from "@/lib/contracts/messages";
import { useChatContext, useCurrentModel } from "./chat-context";

/** An answer that was cut off can go on; one that failed or was filtered cannot. */
const cut: readonly MessageStatus[] = ["length", "stopped", "interrupted"];

/** Faults that another model may not have: it may be smaller, cheaper, or have a price. */
const faultsOfModel: readonly (ErrorCode | null)[] = [
  "provider_model_missing",
  "provider_key_refused",
  "provider_forbidden",
  "provider_out_of_credit",
  "provider_rejected",
  "context_too_long",
  "budget_exceeded",
  "budget_needs_price",
];

/** The buttons that help when the last answer ended early. */
export function AnswerEndActions({ message }: { message: Message }) {
  const translate = useTranslations("chat");
  const store = useConversationStore();
  const { models } = useChatContext();
  const { model } = useCurrentModel();
  const isBlocked = useConversation((state) => isBusy(state.turn)) || model === null;
  const modelId = model?.id ?? null;
  const canContinue = cut.includes(message.status) && textOf(message).trim() !== "";
  const helpsToChange = faultsOfModel.includes(message.errorCode) && models.length > 1;
  return (
    <div className="flex flex-wrap gap-2">
      {helpsToChange && (
        <Button
          size="sm"
          disabled={isBlocked}
          onClick={() => {
            store.patch({ isModelPickerOpen: true });
          }}
        >
          {translate("message.chooseModel")}
        </Button>
      )}
      <Button
        size="sm"
        disabled={isBlocked}
        onClick={() => void store.regenerate(message.id, modelId)}
      >
        {translate("message.retry")}
      </Button>
      {canContinue && (
        <Button
          size="sm"
          variant="primary"
          disabled={isBlocked}
          onClick={() => void store.continueAnswer(message.id, modelId)}
        >
          {translate("continue.action")}
        </Button>
      )}
    </div>
  );
}
