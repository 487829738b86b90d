"use client";

import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import type { Message } from "@/lib/contracts/messages";
import { imagesOf } from "@/lib/client/chat/attachment-parts";
import { textOf } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { EditMessage } from "./edit-message";
import { ImageGrid } from "./image-grid";
import { LongText } from "./markdown/long-text-view";
import { MessageBoundary } from "./message-boundary";
import { UnsentStatus } from "./unsent-status";
import { useIsEditing } from "./use-is-editing";
import { UserActions } from "./user-actions";

/** Longer messages are folded: what one wrote is known, what follows is wanted. */
const longCharacters = 2_000;
const longLines = 24;
/** More than what is seen of a folded message. */
const foldedCharacters = 6_000;

export const UserMessage = memo(function UserMessage({ message }: { message: Message }) {
  return (
    <MessageBoundary message={message}>
      <UserArticle message={message} />
    </MessageBoundary>
  );
});

function UserArticle({ message }: { message: Message }) {
  const translate = useTranslations("chat");
  const text = textOf(message);
  const images = imagesOf(message);
  const isLong = text.length > longCharacters || text.split("\n", longLines + 1).length > longLines;
  const [isOpen, setIsOpen] = useState(false);
  const isUnsent = useConversation(
    (state) => state.turn.phase === "unsent" && state.messages.at(-1)?.id === message.id,
  );
  const isEditing = useIsEditing(message.id) && !isUnsent;
  if (isEditing) {
    return (
      <article aria-label={translate("you")} data-message-id={message.id}>
        <EditMessage message={message} />
      </article>
    );
  }
  return (
    <article
      data-message-id={message.id}
      aria-label={translate("you")}
      className="group flex flex-col items-end gap-0.5"
    >
      {images.length > 0 && (
        <div className="mb-1 max-w-[92%] sm:max-w-[85%]">
          <ImageGrid images={images} />
        </div>
      )}
      {(text !== "" || images.length === 0) && (
        <div className="max-w-[92%] rounded-card bg-surface px-4 py-2.5 ring-1 ring-line/60 sm:max-w-[85%]">
          <div
            className={`reading whitespace-pre-wrap ${isLong && !isOpen ? "folded max-h-56 overflow-hidden" : ""}`}
          >
            {isOpen ? <LongText text={text} isWhole /> : text.slice(0, foldedCharacters)}
          </div>
          {isLong && (
            <button
              type="button"
              aria-expanded={isOpen}
              className="mt-1.5 rounded-sm text-ui text-accent hover:underline"
              onClick={() => {
                setIsOpen(!isOpen);
              }}
            >
              {translate(isOpen ? "message.showLess" : "message.showAll")}
            </button>
          )}
        </div>
      )}
      {isUnsent ? <UnsentStatus /> : <UserActions message={message} />}
    </article>
  );
}
