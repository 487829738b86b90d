"use client";

import { ChatScreen } from "./chat-screen";
import { provideMarkdown } from "./markdown-loader";
import { Markdown } from "./markdown/markdown";

provideMarkdown(Markdown);

/** A conversation that opens with its messages. */
export const ConversationScreen = ChatScreen;
