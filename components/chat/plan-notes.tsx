"use client";

import { Scissors } from "lucide-react";
import { useTranslations } from "next-intl";
import { useConversation } from "@/lib/client/chat/use-conversation";

/** With an answer for which more was left out, since the provider found it too long. */
export function CutAgainNote({ messageId }: { messageId: string }) {
  const translate = useTranslations("context.line");
  const isCutAgain = useConversation((state) => state.cutAgainIds?.includes(messageId) ?? false);
  if (!isCutAgain) return null;
  return (
    <p className="flex items-baseline gap-1.5 text-small text-ink-faint">
      <Scissors aria-hidden className="size-3.5 shrink-0 self-center" />
      <span>{translate("cutAgain")}</span>
    </p>
  );
}
