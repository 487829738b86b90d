"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useConversation } from "@/lib/client/chat/use-conversation";

/** For a reader who is not at the end: the way there, and whether something is written there. */
export function ToEnd({ onClick }: { onClick: () => void }) {
  const translate = useTranslations("chat.scroll");
  const isStreaming = useConversation((state) => state.turn.phase === "answering");
  return (
    <button
      type="button"
      onClick={onClick}
      className="float-in absolute bottom-3 left-1/2 flex h-9 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-raised px-3.5 text-ui whitespace-nowrap text-ink-soft shadow-float hover:text-ink"
    >
      <ArrowDown aria-hidden className="size-4" />
      {translate(isStreaming ? "newText" : "toEnd")}
    </button>
  );
}
