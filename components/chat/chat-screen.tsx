"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useTranslations } from "next-intl";
import { waitOrWake } from "@/lib/client/chat/backoff";
import type { ConversationSeed } from "@/lib/client/chat/conversation-store";
import { followQueues } from "@/lib/client/chat/conversations-open";
import { createFind } from "@/lib/client/chat/find-in-conversation";
import { httpTransport } from "@/lib/client/chat/transport";
import {
  ConversationProvider,
  useConversation,
  useConversationStore,
  useRoutedConversation,
} from "@/lib/client/chat/use-conversation";
import { Announcer } from "./announcer";
import { ChatContext, type ChatContextValue } from "./chat-context";
import { Composer } from "./composer";
import { FindContext, useFindState } from "./find-context";
import { Greeting } from "./greeting";
import { loadMarkdown } from "./markdown-loader";
import { MessageList } from "./message-list";
import { readTopRow } from "./read-top-row";
import { SidePanelPlace } from "./side-panel-place";
import { Starters } from "./starters";
import { TopBar } from "./top-bar";
import { useFindKey } from "./use-find-key";
import { useTitle } from "./use-title";
import "./chat.css";
import "./markdown/markdown.css";

// Seldom wanted at once, so not part of the first load.
const SummaryCarried = dynamic(() =>
  import("./summary-carried").then((module) => module.SummaryCarried),
);
const FindBar = dynamic(() => import("./find-bar").then((module) => module.FindBar), {
  ssr: false,
});

type ChatScreenProps = ChatContextValue & {
  /** What the server rendered; null for a new conversation. */
  seed: ConversationSeed | null;
};

/** A conversation: its messages, and the composer at their foot. */
export function ChatScreen({ seed, ...context }: ChatScreenProps) {
  const store = useRoutedConversation(seed);
  return (
    <ChatContext value={context}>
      <ConversationProvider value={store}>
        {/* A conversation that is opened starts anew: at its end, with its own draft. */}
        <ConversationPage key={store.key} />
      </ConversationProvider>
    </ChatContext>
  );
}

function ConversationPage() {
  const store = useConversationStore();
  const [find] = useState(() =>
    createFind({
      search: (query, signal) => httpTransport.findMessages(store.get().id, query, signal),
      wait: waitOrWake,
      readPlace: () => ({
        loadedIds: store.get().messages.map(({ id }) => id),
        topId: readTopRow(),
      }),
    }),
  );
  return (
    <FindContext value={find}>
      <ConversationParts />
    </FindContext>
  );
}

function ConversationParts() {
  const isEmpty = useConversation((state) => state.messages.length === 0 && state.isLoaded);
  const isCarried = useConversation((state) => state.carried != null);
  const isFinding = useFindState((state) => state.isOpen);
  useDocumentTitle();
  useFindKey();
  useEffect(followQueues, []);
  useMarkdownInTime(isEmpty);
  return (
    <>
      <SidePanelPlace>
        <TopBar />
        <div className="relative">{isFinding && <FindBar />}</div>
        {isEmpty ? (
          <div className="flex min-h-0 flex-1 flex-col justify-end overflow-y-auto px-4">
            {isCarried ? <SummaryCarried isOpenAtFirst /> : <Greeting />}
          </div>
        ) : (
          <MessageList />
        )}
        <Composer />
        {isEmpty && !isCarried && <Starters />}
      </SidePanelPlace>
      <Announcer />
    </>
  );
}

/** A new conversation comes without it; what somebody begins to write will be answered. */
function useMarkdownInTime(isEmpty: boolean): void {
  useEffect(() => {
    const load = () => void loadMarkdown();
    if (!isEmpty) load();
    window.addEventListener("input", load, { once: true });
    return () => {
      window.removeEventListener("input", load);
    };
  }, [isEmpty]);
}

/** The address changes without a page load, so the title does too. */
function useDocumentTitle(): void {
  const translate = useTranslations("common");
  const isSaved = useConversation((state) => state.isSaved);
  const title = useTitle();
  const name = translate("appName");
  useEffect(() => {
    if (isSaved && title !== "") document.title = `${title} · ${name}`;
  }, [isSaved, name, title]);
}
