"use client";

import { ArrowUp, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, type KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";
import { useCurrentModel } from "./chat-context";
import { ComposerNotice } from "./composer-notice";
import { useComposerField } from "./use-composer-field";

/** From here on it is said how much still fits. */
const nearLimit = limits.messageCharacters * 0.95;

export function Composer() {
  const translate = useTranslations("chat.composer");
  const store = useConversationStore();
  const composition = useComposition();
  const { model } = useCurrentModel();
  const isTurnOn = useConversation((state) => isBusy(state.turn) && state.turn.phase !== "unsent");
  const isBlocked = useConversation((state) => isBusy(state.turn));
  const isStopping = useConversation((state) => state.isStopping);
  const { area, field, length, isBlank } = useComposerField();
  const remaining = limits.messageCharacters - length;
  const canSend = !isBlocked && !isBlank && remaining >= 0 && model !== null;

  const send = () => {
    if (!canSend) return;
    store.send(field.read(), model.id);
    field.write("");
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    if (composition.isComposing(event)) return;
    // A held key is not a second wish.
    event.preventDefault();
    if (!event.repeat) send();
  };
  useStopKey(isTurnOn);

  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
      <div className="mx-auto w-full max-w-[46rem]">
        <ComposerNotice />
        <form
          className="flex items-end gap-2 rounded-card border border-line-strong bg-raised p-2 transition-colors duration-150 focus-within:border-accent"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <textarea
            ref={area}
            rows={1}
            name="message"
            aria-label={translate("label")}
            placeholder={translate("placeholder")}
            aria-invalid={remaining < 0 || undefined}
            autoComplete="off"
            enterKeyHint="send"
            className="field-sizing-content max-h-[40dvh] min-h-9 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent px-2 py-1.5 text-base leading-6 outline-none"
            onInput={field.handleInput}
            onCompositionEnd={composition.onCompositionEnd}
            onKeyDown={handleKey}
          />
          {isTurnOn ? (
            <IconButton
              variant="primary"
              label={translate(isStopping ? "stopping" : "stop")}
              shortcut="Esc"
              aria-disabled={isStopping || undefined}
              onClick={() => void store.stop()}
            >
              <Square aria-hidden fill="currentColor" className="!size-3.5" />
            </IconButton>
          ) : (
            <IconButton
              variant="primary"
              type="submit"
              label={translate("send")}
              shortcut="Enter"
              disabled={!canSend}
            >
              <ArrowUp aria-hidden />
            </IconButton>
          )}
        </form>
        <p
          role="status"
          className={`mt-1.5 px-2 text-small tabular-nums ${remaining < 0 ? "text-bad" : "text-ink-faint"} ${length > nearLimit ? "" : "hidden"}`}
        >
          {remaining < 0
            ? translate("tooLong", { count: -remaining })
            : length > nearLimit && translate("remaining", { count: remaining })}
        </p>
      </div>
    </div>
  );
}

/** Esc stops the answer, unless something that is open wants it. */
function useStopKey(isTurnOn: boolean): void {
  const store = useConversationStore();
  const handle = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (document.querySelector("[role=dialog], [role=menu]") !== null) return;
    void store.stop();
  });
  useEffect(() => {
    if (!isTurnOn) return;
    const listen = (event: globalThis.KeyboardEvent) => {
      handle(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, [isTurnOn]);
}
