"use client";

import { useTranslations } from "next-intl";
import { sizeOf } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { useCurrentModel } from "./chat-context";
import { RetryStatus } from "./retry-status";
import { useSeconds } from "./use-seconds";
import { WaitingLine } from "./waiting-line";

/** A wait of this length is worth a sentence. */
const longWaitSeconds = 10;

/** At the end of the conversation: that something is on its way, and if it takes long, what. */
export function TurnStatus() {
  const translate = useTranslations("chat.waiting");
  const translateContext = useTranslations("context.warnings");
  const { model } = useCurrentModel();
  const phase = useConversation((state) => state.turn.phase);
  const sinceMs = useConversation((state) => ("sinceMs" in state.turn ? state.turn.sinceMs : null));
  const isSummarising = useConversation(
    ({ turn }) => turn.phase === "answering" && turn.isSummarising === true,
  );
  const retry = useConversation(({ turn }) => (turn.phase === "answering" ? turn.retry : null));
  const hasContent = useConversation(({ messages, turn }) => {
    const last = messages.at(-1);
    const sizeBefore = "sizeBefore" in turn ? turn.sizeBefore : 0;
    return last?.status === "streaming" && sizeOf(last) > sizeBefore;
  });
  // Answers side by side say themselves what they do.
  const isAlone = useConversation((state) => state.sideBySide === null);
  const isWaiting = phase === "sending" || (phase === "answering" && !hasContent && isAlone);
  const seconds = useSeconds(sinceMs, isWaiting);

  if (phase === "reconnecting") {
    return <Line text={translate("reconnecting")} isShown />;
  }
  if (retry !== null && isAlone) return <RetryStatus key={retry.attempt} retry={retry} />;
  if (isSummarising) return <Line text={translateContext("summarising")} isShown />;
  if (!isWaiting) return null;
  const isLong = seconds >= longWaitSeconds;
  const long =
    model === null ? translate("longUnknown") : translate("long", { model: model.label });
  return <Line text={isLong ? long : translate("short")} isShown={isLong} />;
}

/** Its sentence is read aloud, and seen once the wait is long. */
function Line({ text, isShown }: { text: string; isShown: boolean }) {
  return (
    <WaitingLine>
      <span className={isShown ? "fade-in" : "sr-only"}>{text}</span>
    </WaitingLine>
  );
}
