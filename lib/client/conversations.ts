"use client";

import { createContext, use, useEffect } from "react";
import type { ConversationsPage, ConversationSummary } from "@/lib/contracts/conversations";
import { callApi } from "./api";
import { bringToTop, mergeFirstPage, mergeNextPage } from "./conversation-list";
import { shape } from "./shape";
import { createStore, useStore, type Store } from "./store";

/** What the sidebar knows: the newest conversations, as far as they were loaded. */
export type Conversations = ConversationsPage & { paging: "idle" | "loading" | "failed" };

export type ConversationsStore = Store<Conversations>;

/** Made anew by each frame: on the server, a store of the module would be everybody's. */
export const ConversationsContext = createContext<ConversationsStore | null>(null);

const pageSize = 60;
const pageShape = shape<ConversationsPage>({ conversations: "list", cursor: "text or null" });

// The frame that is on the page, for what happens outside of React, such as a stream's start.
let present: ConversationsStore | null = null;

export function createConversationsStore(firstPage: ConversationsPage): ConversationsStore {
  return createStore<Conversations>({ ...firstPage, paging: "idle" });
}

export function useConversationsStore(): ConversationsStore {
  const store = use(ConversationsContext);
  if (store === null) throw new Error("A frame is needed around useConversations().");
  return store;
}

/** The loaded conversations, the last used first. */
export function useConversations(): Conversations {
  return useStore(useConversationsStore());
}

/** Title of one conversation as the sidebar has it; undefined when it is not loaded. */
export function useConversationTitle(id: string): string | undefined {
  return useConversations().conversations.find((conversation) => conversation.id === id)?.title;
}

/** Makes the store the one that conversationTouched() and the like reach, and keeps it fresh. */
export function usePresentConversations(store: ConversationsStore): void {
  useEffect(() => {
    present = store;
    const refresh = () => {
      if (document.visibilityState === "visible") void refreshConversations(store);
    };
    document.addEventListener("visibilitychange", refresh);
    return () => {
      document.removeEventListener("visibilitychange", refresh);
      if (present === store) present = null;
    };
  }, [store]);
}

/** Something was said in it, perhaps for the first time: it moves to the top, with its title. */
export function conversationTouched({ id, title }: { id: string; title?: string }): void {
  const store = present;
  if (store === null) return;
  const isKnown = store.get().conversations.some((one) => one.id === id);
  const updatedAt = new Date().toISOString();
  store.set((state) => ({
    ...state,
    conversations: bringToTop(state.conversations, { id, updatedAt, title }),
  }));
  // An old one, from below what is loaded: the server knows its title.
  if (!isKnown && title === undefined) void refreshConversations(store);
}

/** Its title changed, without being used. */
export function conversationRenamed({ id, title }: { id: string; title: string }): void {
  present?.set((state) => ({
    ...state,
    conversations: state.conversations.map((one) => (one.id === id ? { ...one, title } : one)),
  }));
}

/** It was deleted, here or by its own page. */
export function conversationDeleted(id: string): void {
  present?.set((state) => ({
    ...state,
    conversations: state.conversations.filter((one) => one.id !== id),
  }));
}

/** It was brought back: it stands where it stood. */
export function conversationRestored(conversation: ConversationSummary): void {
  present?.set((state) => ({
    ...state,
    conversations: [
      ...state.conversations.filter((one) => one.id !== conversation.id),
      conversation,
    ].sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
  }));
}

/** Loads the next page; one at a time, and none after the last. */
export async function loadMoreConversations(store: ConversationsStore): Promise<void> {
  const { cursor, paging } = store.get();
  if (cursor === null || paging === "loading") return;
  store.set((state) => ({ ...state, paging: "loading" }));
  try {
    const page = await fetchPage(cursor);
    store.set((state) => ({ ...mergeNextPage(state, page), paging: "idle" }));
  } catch {
    store.set((state) => ({ ...state, paging: "failed" }));
  }
}

/** Takes in what other tabs and devices did. A failure is not worth a word: the list stays. */
export async function refreshConversations(store: ConversationsStore): Promise<void> {
  const askedAt = new Date().toISOString();
  try {
    const page = await fetchPage(null);
    store.set((state) => ({ ...state, ...mergeFirstPage(state, page, askedAt) }));
  } catch {
    return;
  }
}

function fetchPage(cursor: string | null): Promise<ConversationsPage> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (cursor !== null) query.set("cursor", cursor);
  return callApi("GET", `/api/conversations?${query.toString()}`, {
    schema: pageShape,
  });
}
