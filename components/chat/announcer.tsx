"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { takeSentences } from "@/lib/client/chat/sentences";
import { textOf } from "@/lib/client/chat/conversation-state";
import { endOf } from "@/lib/client/chat/message-window";
import { useConversationStore } from "@/lib/client/chat/use-conversation";

const everyMs = 1_500;

/** Reads a streaming answer aloud to those who listen: politely, in sentences. */
export function Announcer() {
  const translate = useTranslations("chat.announce");
  const store = useConversationStore();
  const [said, setSaid] = useState("");
  const progress = useRef<{ id: string; end: number } | null>(null);

  useEffect(() => {
    const say = () => {
      const { turn } = store.get();
      const answer = endOf(store.get()).at(-1);
      if (answer?.role !== "assistant") return;
      if (answer.status === "streaming") {
        if (turn.phase !== "answering") return;
        if (progress.current?.id !== answer.id) progress.current = { id: answer.id, end: 0 };
        const { sentences, end } = takeSentences(textOf(answer), progress.current.end);
        progress.current.end = end;
        if (sentences !== "") setSaid(sentences);
      } else if (progress.current?.id === answer.id) {
        // What is left, and then that nothing more will come.
        const rest = takeSentences(`${textOf(answer)}\n`, progress.current.end).sentences;
        const end = translate(answer.status === "complete" ? "done" : "ended");
        progress.current = null;
        setSaid(`${rest} ${end}`.trim());
      }
    };
    const timer = setInterval(say, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [store, translate]);

  return (
    <div aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}
