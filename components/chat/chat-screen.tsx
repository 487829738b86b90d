"use client";

import { useEffect } from "react";
import { useTranslations } from "next-intl";
import type { ConversationSeed } from "@/lib/client/chat/conversation-store";
import {
  ConversationProvider,
  useConversation,
  useRoutedConversation,
} from "@/lib/client/chat/use-conversation";
import { Announcer } from "./announcer";
import { ChatContext, type ChatContextValue } from "./chat-context";
import { Composer } from "./composer";
import { Greeting } from "./greeting";
import { loadMarkdown } from "./markdown-loader";
import { MessageList } from "./message-list";
import { Starters } from "./starters";
import { TopBar } from "./top-bar";
import { useTitle } from "./use-title";
import "./chat.css";

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
  const isEmpty = useConversation((state) => state.messages.length === 0 && state.isLoaded);
  useDocumentTitle();
  useEffect(() => {
    // A new conversation comes without it; its first answer is on its way.
    if (!isEmpty) void loadMarkdown();
  }, [isEmpty]);
  return (
    <>
      <TopBar />
      {isEmpty ? (
        <div className="flex min-h-0 flex-1 flex-col justify-end overflow-y-auto px-4">
          <Greeting />
        </div>
      ) : (
        <MessageList />
      )}
      <Composer />
      {isEmpty && <Starters />}
      <Announcer />
    </>
  );
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
