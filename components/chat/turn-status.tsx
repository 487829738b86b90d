"use client";

import { useTranslations } from "next-intl";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useCurrentModel } from "./chat-context";
import { useSeconds } from "./use-seconds";

/** A wait of this length is worth a sentence. */
const longWaitSeconds = 10;

/** At the end of the conversation: that something is on its way, and if it takes long, what. */
export function TurnStatus() {
  const translate = useTranslations("chat.waiting");
  const { model } = useCurrentModel();
  const phase = useConversation((state) => state.turn.phase);
  const sinceMs = useConversation((state) => ("sinceMs" in state.turn ? state.turn.sinceMs : null));
  const hasContent = useConversation((state) => {
    const last = state.messages.at(-1);
    return last?.status === "streaming" && last.parts.some(({ text }) => text !== "");
  });
  const isWaiting = phase === "sending" || (phase === "answering" && !hasContent);
  const seconds = useSeconds(sinceMs, isWaiting);

  if (phase === "reconnecting") {
    return <Line text={translate("reconnecting")} isShown />;
  }
  if (!isWaiting) return null;
  const isLong = seconds >= longWaitSeconds;
  const long =
    model === null ? translate("longUnknown") : translate("long", { model: model.label });
  return <Line text={isLong ? long : translate("short")} isShown={isLong} />;
}

/** A breathing dot; its sentence is read aloud, and seen once the wait is long. */
function Line({ text, isShown }: { text: string; isShown: boolean }) {
  return (
    <p role="status" className="flex min-h-7 items-center gap-2.5 text-ui text-ink-soft">
      <span aria-hidden className="breathe-text size-2.5 rounded-full bg-ink-faint" />
      <span className={isShown ? "fade-in" : "sr-only"}>{text}</span>
    </p>
  );
}
