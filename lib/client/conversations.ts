"use client";

import { createContext, use, useEffect } from "react";
import type { ConversationsPage, ConversationSummary } from "@/lib/contracts/conversations";
import { callApi } from "./api";
import { connectionStore } from "./connection";
import { bringToTop, mergeFirstPage, mergeNextPage, placeInOrder } from "./conversation-list";
import { onNews, tellNews, type News } from "./events/news";
import { shape } from "./shape";
import { createStore, useStore, type Store } from "./store";

/** What the sidebar knows: the newest conversations, as far as they were loaded. */
export type Conversations = ConversationsPage & { paging: "idle" | "loading" | "failed" };

export type ConversationsStore = Store<Conversations>;

/** Made anew by each frame: on the server, a store of the module would be everybody's. */
export const ConversationsContext = createContext<ConversationsStore | null>(null);

const pageSize = 60;
/** How often one looks by oneself: where events do not come, this keeps the list in step. */
const lookEveryMs = 30_000;
const pageShape = shape<ConversationsPage>({ conversations: "list", cursor: "text or null" });

// The frame that is on the page, for what happens outside of React, such as a stream's start.
let present: ConversationsStore | null = null;

// What was deleted on this page: `asked` until the server says so too.
const deletedHere = new Map<string, "asked" | "confirmed">();

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
      const isOwn = !connectionStore.get().isSomebodyElse;
      if (isOwn && document.visibilityState === "visible") void refreshConversations(store);
    };
    const stopListening = onNews((news) => {
      takeNews(store, news);
    });
    const looking = setInterval(refresh, lookEveryMs);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      stopListening();
      clearInterval(looking);
      document.removeEventListener("visibilitychange", refresh);
      if (present === store) present = null;
    };
  }, [store]);
}

function takeNews(store: ConversationsStore, news: News): void {
  if (news.type === "connected" || news.type === "missed") void refreshConversations(store);
  else if (news.type === "conversation-removed") {
    if (deletedHere.has(news.id)) deletedHere.set(news.id, "confirmed");
    removeFrom(store, news.id);
  } else if (news.type === "conversation") {
    const { conversation } = news;
    // Told before the server heard of the deletion.
    if (deletedHere.get(conversation.id) === "asked") return;
    deletedHere.delete(conversation.id);
    store.set((state) => ({ ...state, conversations: placeInOrder(state, conversation) }));
  }
}

/** A conversation as the sidebar has it; undefined when it is not loaded. */
export function findListed(id: string): ConversationSummary | undefined {
  return present?.get().conversations.find((one) => one.id === id);
}

/** Whether it was deleted on this page, and not in another tab or on another device. */
export function isDeletedHere(id: string): boolean {
  return deletedHere.has(id);
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

/** It was deleted here; the server hears of it next. */
export function conversationDeleted(id: string): void {
  deletedHere.set(id, "asked");
  if (present !== null) removeFrom(present, id);
}

function removeFrom(store: ConversationsStore, id: string): void {
  store.set((state) => ({
    ...state,
    conversations: state.conversations.filter((one) => one.id !== id),
  }));
}

/** It was brought back: it stands where it stood. */
export function conversationRestored(conversation: ConversationSummary): void {
  deletedHere.delete(conversation.id);
  present?.set((state) => ({ ...state, conversations: placeInOrder(state, conversation) }));
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
    const { cursor, conversations: all } = await fetchPage(null);
    const conversations = all.filter(({ id }) => deletedHere.get(id) !== "asked");
    store.set((state) => ({
      ...state,
      ...mergeFirstPage(state, { cursor, conversations }, askedAt),
    }));
    tellNews({ type: "listed", conversations });
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
