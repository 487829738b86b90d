"use client";

import { useTranslations } from "next-intl";
import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { imagesOf, isSameImages } from "@/lib/client/chat/attachment-parts";
import { isBusy, textOf } from "@/lib/client/chat/conversation-state";
import type { Failure } from "@/lib/client/chat/failure";
import { useTrayView } from "@/lib/client/chat/use-attachments";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import { useComposition } from "@/lib/client/use-composition";
import type { Message } from "@/lib/contracts/messages";
import { AttachmentButton } from "./attachment-button";
import { pasteImages } from "./attachment-files";
import { AttachmentNotice } from "./attachment-notice";
import { AttachmentTray } from "./attachment-tray";
import { useCurrentModel } from "./chat-context";
import { focusComposer, focusEditButton, topOf } from "./message-place";
import { useComposerImages } from "./use-composer-images";
import { useEditField } from "./use-edit-field";
import { useEditTray } from "./use-edit-tray";

/** A message as a  A user's message is sent anew, an answer's text is saved beside it. */
export function EditMessage({ message }: { message: Message }) {
  const isUser = message.role === "user";
  const translate = useTranslations("chat.edit");
  const sayError = useErrorSentence();
  const store = useConversationStore();
  const composition = useComposition();
  const { model } = useCurrentModel();
  const isBlocked = useConversation((state) => isBusy(state.turn));
  const original = textOf(message);
  const { area, text, excess, isBlank, read, handleInput } = useEditField(message.id, original);
  const tray = useEditTray(message);
  const { isHindered, hasImages } = useComposerImages(tray, model);
  const isUploading = useTrayView(tray).items.some(({ state }) => state.phase !== "ready");
  const [isSaving, setIsSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const canSubmit =
    !isBlocked &&
    !isSaving &&
    excess === 0 &&
    !(isBlank && !hasImages) &&
    (!isUser || (model !== null && !isHindered && !isUploading));

  const close = () => {
    store.endEdit(message.id);
    requestAnimationFrame(() => {
      focusEditButton(message.id);
    });
  };
  const cancel = () => {
    const [changed, images] = [read(), tray.parts()];
    tray.clear();
    close();
    if (changed === original && isSameImages(images, imagesOf(message))) return;
    const reopen = () => {
      store.keepEdit(message.id, changed);
      store.keepEditImages(message.id, images);
      store.beginEdit(message.id);
    };
    showToast({
      text: translate("discarded"),
      action: { label: translate("undo"), onSelect: reopen },
    });
  };
  const save = async () => {
    setIsSaving(true);
    setFailure(await store.saveAnswerText(message.id, read(), topOf(message.id)));
    setIsSaving(false);
  };
  const submit = () => {
    if (!canSubmit) return;
    if (!isUser && read() === original) close();
    else if (!isUser) void save();
    else {
      store.sendEdited(message.id, read(), model?.id ?? null, tray.parts());
      focusComposer();
    }
  };
  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    if (event.key === "Escape") {
      // Not for the answer that is being written.
      event.preventDefault();
      cancel();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // In an answer's Markdown, Enter is a new line.
    if (!isUser && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) submit();
  };
  const isTooLong = excess > 0;
  const hint = translate(isUser ? "messageHint" : "answerHint");
  return (
    <form
      className="w-full rounded-card border border-line-strong bg-raised p-2 transition-colors duration-150 focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <AttachmentTray tray={tray} />
      <textarea
        ref={area}
        defaultValue={text}
        aria-label={translate(isUser ? "message" : "answer")}
        aria-describedby={`edit-hint-${message.id}`}
        aria-invalid={isTooLong || undefined}
        autoComplete="off"
        className="block field-sizing-content max-h-[60dvh] min-h-11 w-full resize-none overflow-y-auto bg-transparent px-2 py-1.5 text-base leading-relaxed outline-none"
        onInput={handleInput}
        onPaste={(event) => {
          if (isUser && pasteImages(event.clipboardData, tray)) event.preventDefault();
        }}
        onCompositionEnd={composition.onCompositionEnd}
        onKeyDown={handleKey}
      />
      {failure !== null && (
        <p role="alert" className="px-2 pt-1 text-ui text-bad">
          {sayError(failure.code, failure.details)}
        </p>
      )}
      {isUser && <AttachmentNotice tray={tray} isSendWanted={false} />}
      <div className="flex flex-wrap items-center justify-end gap-2 pt-1.5">
        {isUser && <AttachmentButton tray={tray} />}
        <p
          id={`edit-hint-${message.id}`}
          className={`min-w-40 flex-1 ps-2 text-small ${isTooLong ? "text-bad" : "text-ink-faint"}`}
        >
          {isTooLong
            ? translate("tooLong", { count: excess })
            : isBlocked
              ? translate("later")
              : hint}
        </p>
        <Button variant="ghost" size="sm" onClick={cancel}>
          {translate("cancel")}
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="sm"
          isBusy={isSaving}
          disabled={!canSubmit && !isSaving}
        >
          {translate(isUser ? "send" : "save")}
        </Button>
      </div>
    </form>
  );
}
