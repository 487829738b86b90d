"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { textOf } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useCopy } from "@/lib/client/chat/use-copy";
import type { Message } from "@/lib/contracts/messages";

/** Under an answer that ended and that the server could not store yet. */
export function UnsavedAnswer({ message }: { message: Message }) {
  const translate = useTranslations("chat.message");
  const isUnsaved = useConversation((state) => state.unsavedId === message.id);
  const { isCopied, copy } = useCopy();
  if (!isUnsaved) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-s-2 border-warn ps-3 text-ui text-ink-soft"
    >
      <p className="min-w-[min(16rem,100%)] flex-1">{translate("notSaved")}</p>
      <Button
        size="sm"
        onClick={() => {
          copy(textOf(message));
        }}
      >
        {translate(isCopied ? "copied" : "copy")}
      </Button>
    </div>
  );
}
