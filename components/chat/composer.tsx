"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { queueLimit } from "@/lib/client/chat/message-queue";
import { isTooLong } from "@/lib/client/chat/context-plan-compared";
import { useKeepPlan, usePlanState } from "@/lib/client/chat/use-context-plan";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useMessageQueue, useQueueState, useQueueView } from "@/lib/client/chat/use-message-queue";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";
import { useCurrentModel } from "./chat-context";
import { AttachmentButton } from "./attachment-button";
import { AttachmentDrop } from "./attachment-drop";
import { AttachmentNotice } from "./attachment-notice";
import { AttachmentTray } from "./attachment-tray";
import { CandidateChips } from "./candidate-chips";
import { ComposerButtons } from "./composer-buttons";
import { ComposerNotice } from "./composer-notice";
import { ComposerRemainder } from "./composer-remainder";
import { ContextGauge } from "./context-gauge";
import { MessageQueue } from "./message-queue";
import { PlanWarning } from "./plan-warning";
import { useComposerField } from "./use-composer-field";
import { pasteImages } from "./attachment-files";
import { useComposerImages, useSendWhenReady } from "./use-composer-images";
import { useStopKey } from "./use-stop-key";

export function Composer() {
  const translate = useTranslations("chat.composer");
  const store = useConversationStore();
  const queue = useMessageQueue();
  const composition = useComposition();
  const { model } = useCurrentModel();
  const isTurnOn = useConversation((state) => isBusy(state.turn) && state.turn.phase !== "unsent");
  const isBlocked = useConversation((state) => isBusy(state.turn));
  const queueState = useQueueState();
  const isFull = useQueueView().items.length >= queueLimit;
  const { area, field, tray, length, isBlank } = useComposerField();
  const { isHindered, hasImages } = useComposerImages(tray, model);
  useKeepPlan(field, tray, model?.id ?? null);
  // Not even this message alone would fit.
  const isRefused = usePlanState(
    ({ isCurrent, plan }) => isCurrent && plan !== null && isTooLong(plan),
  );
  const isQueueing = isBlocked || queueState === "waiting" || queueState === "ready";
  const fits = length <= limits.messageCharacters && !(isQueueing && isFull);
  const isEmpty = isBlank && !hasImages;
  const canSend = !isEmpty && fits && model !== null && !isHindered && !isRefused;

  const sendNow = () => {
    if (!canSend) return;
    const [text, images] = [field.read(), tray.parts()];
    if (!isQueueing) store.send(text, model.id, images);
    else if (!queue.add(text, model.id, images)) return;
    tray.clear();
    field.write("");
  };
  const { isSendWanted, send, forgetSend } = useSendWhenReady(tray, sendNow);
  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    if (event.key === "ArrowUp" && field.read() === "" && !hasImages && hasNoModifier(event)) {
      if (editLastMessage()) event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    // A held key is not a second wish.
    event.preventDefault();
    if (!event.repeat) send();
  };
  const editLastMessage = () => {
    const { messages, turn, after } = store.get();
    const last = messages.findLast(({ role }) => role === "user");
    if (last === undefined || isBusy(turn) || after !== null) return false;
    store.beginEdit(last.id);
    return true;
  };
  useStopKey(isTurnOn);

  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
      <div className="mx-auto w-full max-w-[46rem]">
        <ComposerNotice />
        <PlanWarning />
        <CandidateChips />
        <MessageQueue
          onLeft={() => {
            field.focus();
          }}
        />
        <form
          className="rounded-card border border-line-strong bg-raised p-2 transition-colors duration-150 focus-within:border-accent"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <AttachmentTray tray={tray} />
          <div className="flex items-end gap-1 sm:gap-2">
            <AttachmentButton tray={tray} />
            <textarea
              ref={area}
              rows={1}
              name="message"
              aria-label={translate("label")}
              placeholder={translate(isTurnOn ? "placeholderQueue" : "placeholder")}
              aria-invalid={length > limits.messageCharacters || undefined}
              autoComplete="off"
              enterKeyHint="send"
              className="field-sizing-content max-h-[40dvh] min-h-9 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-1.5 text-base leading-6 outline-none"
              onInput={() => {
                forgetSend();
                field.handleInput();
              }}
              onPaste={(event) => {
                if (pasteImages(event.clipboardData, tray)) {
                  event.preventDefault();
                  return;
                }
                const isDone = field.handlePaste(event.clipboardData.getData("text/plain"));
                if (isDone) event.preventDefault();
              }}
              onCompositionEnd={composition.onCompositionEnd}
              onKeyDown={handleKey}
            />
            <ContextGauge />
            <ComposerButtons
              isTurnOn={isTurnOn}
              isBlank={isEmpty}
              canSend={canSend}
              isQueueing={isQueueing}
              isWaiting={isSendWanted}
            />
          </div>
        </form>
        <AttachmentNotice tray={tray} isSendWanted={isSendWanted} />
        <ComposerRemainder length={length} isQueueFull={isQueueing && isFull && !isEmpty} />
      </div>
      <AttachmentDrop tray={tray} />
    </div>
  );
}

function hasNoModifier({ shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return !shiftKey && !altKey && !ctrlKey && !metaKey;
}
