"use client";

import type { ReactNode } from "react";
import { sizeOf } from "@/lib/client/chat/conversation-state";
import { useConversation } from "@/lib/client/chat/use-conversation";

/** A breathing dot, and what one waits for. */
export function WaitingLine({ children }: { children: ReactNode }) {
  // An answer that has begun and says nothing yet is a row without height; it takes no room.
  const isAfterNothing = useConversation(({ messages }) => {
    const last = messages.at(-1);
    return last?.status === "streaming" && sizeOf(last) === 0;
  });
  return (
    <p
      role="status"
      className={`flex min-h-7 items-center gap-2.5 text-ui text-ink-soft ${isAfterNothing ? "-mt-6" : ""}`}
    >
      <span aria-hidden className="breathe-text size-2.5 shrink-0 rounded-full bg-ink-faint" />
      {children}
    </p>
  );
}
