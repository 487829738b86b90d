import { conversationTouched } from "../conversations";
import { openKeptText } from "../kept-text";
import { newId } from "../new-id";
import { waitOrWake } from "./backoff";
import type { Tools } from "./conversation-core";
import {
  createConversationStore,
  type ConversationSeed,
  type ConversationStore,
} from "./conversation-store";
import type { ConversationState } from "./conversation-state";
import { drafts } from "./drafts";
import { createQueueRunner, type QueueRunner } from "./queue-runner";
import { conversationOfKey, createQueueStorage } from "./queue-storage";
import { runAlone } from "./run-alone";
import { httpTransport } from "./transport";

/** More conversations than this are not kept in memory; the server has them all. */
const keptStores = 20;

// A conversation goes on while another one is looked at: its store outlives the page that shows
// it. Only ever filled in a browser; on the server a module belongs to everybody.
const open = new Map<string, ConversationStore>();
let unsaved: ConversationStore | null = null;
const queues = new WeakMap<ConversationStore, QueueRunner>();

const tools: Tools = {
  transport: httpTransport,
  drafts,
  onTouched: (id, title) => {
    conversationTouched({ id, ...(title === null ? {} : { title }) });
  },
  newId,
  random: Math.random,
  nowMs: Date.now,
  wait: waitOrWake,
  isHidden: () => document.visibilityState === "hidden",
  onHidden,
};

function onHidden(listener: () => void): () => void {
  const look = () => {
    if (document.visibilityState === "hidden") listener();
  };
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
  };
}

/** The store of a saved conversation, with what the server rendered of it, if it did. */
export function openConversation(id: string, seed: ConversationSeed | null): ConversationStore {
  const ownSeed = seed?.conversation.id === id ? seed : null;
  if (!isBrowser()) return createConversationStore(savedState(id, ownSeed), tools);
  const known = open.get(id);
  if (known !== undefined) {
    keep(id, known);
    return known;
  }
  const store = createConversationStore(savedState(id, ownSeed), tools);
  keep(id, store);
  return store;
}

/** The conversation that has no message yet, or whose first message did not arrive yet. */
export function openNewConversation(): ConversationStore {
  if (!isBrowser()) return createConversationStore(emptyState("new"), tools);
  if (unsaved === null || unsaved.get().isSaved) {
    unsaved = createConversationStore(emptyState(newId()), tools);
  }
  return unsaved;
}

const queueTools = {
  storage: createQueueStorage(() => openKeptText()),
  drafts,
  newId,
  runAlone,
};

/** What waits in a conversation to be sent. */
export function queueOf(store: ConversationStore): QueueRunner {
  const known = queues.get(store);
  if (known !== undefined) return known;
  const queue = createQueueRunner(store, queueTools);
  queues.set(store, queue);
  return queue;
}

/** Hears of it when another tab changes a queue. Returns what ends that. */
export function followQueues(): () => void {
  const listen = ({ key }: StorageEvent) => {
    const conversationId = conversationOfKey(key);
    const store = conversationId === null ? undefined : open.get(conversationId);
    if (conversationId !== null && store !== undefined) {
      queueOf(store).handleChange(conversationId);
    }
  };
  window.addEventListener("storage", listen);
  return () => {
    window.removeEventListener("storage", listen);
  };
}

/** Lets a new conversation be found under its address. */
export function registerConversation(store: ConversationStore): void {
  keep(store.get().id, store);
}

/** Changes what an open conversation shows of itself; nothing when it is not open. */
export function patchOpenConversation(id: string, change: Partial<ConversationState>): void {
  open.get(id)?.patch(change);
}

/** Forgets a conversation that was deleted. */
export function closeConversation(id: string): void {
  open.delete(id);
}

/** The network is back: whoever waits for another try tries now. */
export function wakeConversations(): void {
  for (const store of open.values()) store.wake();
  unsaved?.wake();
}

function keep(id: string, store: ConversationStore): void {
  open.delete(id);
  open.set(id, store);
  for (const [oldId, old] of open) {
    if (open.size <= keptStores) break;
    if (old.get().turn.phase === "idle") open.delete(oldId);
  }
}

function isBrowser(): boolean {
  return typeof window !== "undefined";
}

function emptyState(id: string): ConversationState {
  return {
    id,
    isSaved: false,
    isLoaded: true,
    title: "",
    systemPrompt: null,
    modelId: null,
    parameters: null,
    contextPolicy: null,
    messages: [],
    before: null,
    after: null,
    tail: null,
    older: "idle",
    newer: "idle",
    turn: { phase: "idle" },
    isStopping: false,
    unsavedId: null,
    editing: [],
    choosing: null,
    held: null,
    isModelPickerOpen: false,
    compared: [],
    sideBySide: null,
    notice: null,
    returnedText: null,
  };
}

function savedState(id: string, seed: ConversationSeed | null): ConversationState {
  const state = { ...emptyState(id), isSaved: true };
  if (seed === null) return { ...state, isLoaded: false };
  const { title, systemPrompt, modelId, parameters, contextPolicy, carried } = seed.conversation;
  const settings = { systemPrompt, modelId, parameters, contextPolicy };
  return { ...state, title, ...settings, carried, ...seed.page };
}
