"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { MoreMessages } from "./more-messages";
import { useNearEdge } from "./use-near-edge";

/** Brings the messages that follow while one reads far from the end. */
export function NewerMessages({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const translate = useTranslations("chat.scroll");
  const store = useConversationStore();
  const hasNewer = useConversation((state) => state.after !== null);
  const newer = useConversation((state) => state.newer);
  const load = () => void store.loadNewer();
  const marker = useNearEdge(scroller, hasNewer && newer === "idle", load);
  if (!hasNewer) return null;
  return (
    <MoreMessages
      marker={marker}
      progress={newer}
      words={{
        load: translate("loadNewer"),
        loading: translate("loadingNewer"),
        failed: translate("newerFailed"),
      }}
      onLoad={load}
    />
  );
}
