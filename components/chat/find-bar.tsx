"use client";

import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { isBusy } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useComposition } from "@/lib/client/use-composition";
import { limits } from "@/lib/contracts/limits";
import { useFind, useFindState } from "./find-context";
import { FindCount } from "./find-count";

/** Looks for words in the whole conversation, also where it is not loaded. */
export function FindBar() {
  const translate = useTranslations("chat.find");
  const find = useFind();
  const composition = useComposition();
  const input = useRef<HTMLInputElement>(null);
  const hasMatches = useFindState((state) => state.matches.length > 0);
  const isIdle = useConversation((state) => !isBusy(state.turn));

  // The focus goes back to where it was.
  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);

  // An answer has ended: it may be among what is looked for.
  const repeat = useEffectEvent(() => void find.repeat());
  useEffect(() => {
    if (isIdle) repeat();
  }, [isIdle]);

  const handleKey = (event: KeyboardEvent) => {
    if (composition.isComposing(event)) return;
    const steps: Record<string, 1 | -1> = {
      Enter: event.shiftKey ? -1 : 1,
      ArrowDown: 1,
      ArrowUp: -1,
    };
    const by = steps[event.key];
    if (by !== undefined) find.step(by);
    else if (event.key === "Escape") find.close();
    else return;
    event.preventDefault();
  };

  return (
    <search
      aria-label={translate("label")}
      className="float-in absolute inset-x-2 top-1 z-10 flex items-center gap-1 rounded-card border border-line bg-raised p-1 ps-3 shadow-float focus-within:border-accent sm:right-4 sm:left-auto sm:w-96"
    >
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={limits.findCharacters}
        aria-label={translate("field")}
        placeholder={translate("field")}
        className="h-9 min-w-0 flex-1 bg-transparent text-base outline-none sm:text-ui"
        onChange={(event) => void find.setQuery(event.target.value)}
        onCompositionEnd={composition.onCompositionEnd}
        onKeyDown={handleKey}
      />
      <FindCount />
      <IconButton
        label={translate("previous")}
        shortcut="Shift+Enter"
        disabled={!hasMatches}
        onClick={() => {
          find.step(-1);
        }}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton
        label={translate("next")}
        shortcut="Enter"
        disabled={!hasMatches}
        onClick={() => {
          find.step(1);
        }}
      >
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton
        label={translate("close")}
        shortcut="Esc"
        onClick={() => {
          find.close();
        }}
      >
        <X aria-hidden />
      </IconButton>
    </search>
  );
}
