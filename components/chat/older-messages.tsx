"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { useConversation, useConversationStore } from "@/lib/client/chat/use-conversation";
import { MoreMessages } from "./more-messages";
import { useNearEdge } from "./use-near-edge";

/** Brings earlier messages when one scrolls up to where they would be; what is read stays put. */
export function OlderMessages({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const translate = useTranslations("chat.scroll");
  const store = useConversationStore();
  const hasOlder = useConversation((state) => state.before !== null);
  const older = useConversation((state) => state.older);
  const load = () => void store.loadOlder();
  const marker = useNearEdge(scroller, hasOlder && older === "idle", load);
  if (!hasOlder) return null;
  return (
    <MoreMessages
      marker={marker}
      progress={older}
      words={{
        load: translate("loadOlder"),
        loading: translate("loadingOlder"),
        failed: translate("olderFailed"),
      }}
      onLoad={load}
    />
  );
}
