"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { findListed, isDeletedHere } from "@/lib/client/conversations";
import { onNews } from "@/lib/client/events/news";
import { showToast } from "@/lib/client/toasts";
import { useConversationActions } from "@/lib/client/use-conversation-actions";

/** Long enough to be seen by whoever comes back to the tab. */
const noticeMs = 60_000;

/** Says so when the conversation on the page is deleted elsewhere; what is on the page stays. */
export function useDeletedElsewhere(): void {
  const translate = useTranslations("frame");
  const pathname = usePathname();
  const { restore } = useConversationActions();

  const sayDeleted = useEffectEvent((id: string) => {
    if (pathname !== `/c/${id}` || isDeletedHere(id)) return;
    const conversation = findListed(id) ?? {
      id,
      title: "",
      updatedAt: new Date().toISOString(),
      isAnswering: false,
    };
    showToast({
      text: translate("deletedElsewhere"),
      durationMs: noticeMs,
      action: {
        label: translate("bringBack"),
        onSelect: () => void restore(conversation, false),
      },
    });
  });

  useEffect(
    () =>
      onNews((news) => {
        if (news.type === "conversation-removed") sayDeleted(news.id);
      }),
    [],
  );
}
