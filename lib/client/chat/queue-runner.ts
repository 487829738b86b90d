import type { FilePart } from "@/lib/contracts/attachments";
import { createStore } from "../store";
import { withImages } from "./attachment-parts";
import type { ConversationState } from "./conversation-state";
import type { Drafts } from "./drafts";
import {
  advance,
  dequeue,
  emptyQueue,
  enqueue,
  judgeQueue,
  putBack,
  settle,
  type MessageQueue,
  type QueuedMessage,
  type QueueState,
} from "./message-queue";
import { endOf } from "./message-window";
import type { QueueStorage } from "./queue-storage";

/** A conversation, as its queue needs it. */
export type QueuedConversation = {
  get: () => ConversationState;
  subscribe: (listener: () => void) => () => void;
  patch: (change: Partial<ConversationState>) => void;
  draftKey: () => string;
  send: (text: string, modelId: string | null, images?: readonly FilePart[]) => void;
  stop: () => Promise<void>;
  refresh: () => Promise<void>;
};

export type QueueTools = {
  storage: QueueStorage;
  drafts: Drafts;
  newId: () => string;
  /** Runs one at a time among all tabs of this browser, where it can. */
  runAlone: (name: string, run: () => Promise<void>) => Promise<void>;
};

export type QueueView = MessageQueue & {
  /** The one that is on its way, and shown as a message already. */
  sendingId: string | null;
  /** The last one that went out without anybody asking for it in that moment. */
  automaticId: string | null;
  /** Whether it survives this page. */
  isKept: boolean;
};

/** How the sending of a message ended, as far as the queue is concerned. */
type Delivery = "taken" | "refused" | "returned";

export type QueueRunner = ReturnType<typeof createQueueRunner>;

/** The messages that wait in a conversation, and what sends them in their turn, each once. */
export function createQueueRunner(conversation: QueuedConversation, tools: QueueTools) {
  const view = createStore<QueueView>({
    ...emptyQueue,
    sendingId: null,
    automaticId: null,
    isKept: true,
  });
  let isSending = false;
  let shownKey = "";

  const show = (change: Partial<QueueView>) => {
    view.set((before) => ({ ...before, ...change }));
  };

  /** A first message that did not arrive yet has an id that outlives the page. */
  function storageKey(): string {
    const { id, isSaved } = conversation.get();
    if (isSaved) return id;
    return tools.drafts.readUnsent(conversation.draftKey())?.conversationId ?? id;
  }

  /** Takes over what is stored: another tab may have changed it. */
  function read(): MessageQueue {
    const key = storageKey();
    const stored = view.get().isKept || shownKey !== key ? tools.storage.read(key) : null;
    shownKey = key;
    if (stored !== null && !isSame(stored, view.get())) show(stored);
    return view.get();
  }

  function change(step: (queue: MessageQueue) => MessageQueue): void {
    const { items, behindId } = read();
    const next = step({ items, behindId });
    show({ ...next, isKept: tools.storage.write(storageKey(), next) });
  }

  function judge(): QueueState {
    const state = conversation.get();
    const last = endOf(state).at(-1);
    return judgeQueue(view.get(), { turn: state.turn, last, isLoaded: state.isLoaded });
  }

  /** Sends the head when its turn has come. */
  function look(): void {
    if (shownKey !== conversation.get().id) read();
    if (!isSending && judge() === "ready") void sendHead(null);
  }

  /** @param wishedId the message that somebody asked for; null when its turn has come. */
  async function sendHead(wishedId: string | null): Promise<void> {
    if (isSending) return;
    isSending = true;
    try {
      await tools.runAlone(`parley.queue.${storageKey()}`, async () => {
        const head = read().items[0];
        const isWanted =
          wishedId === null
            ? judge() === "ready"
            : head?.id === wishedId && conversation.get().turn.phase === "idle";
        if (head !== undefined && isWanted) await deliver(head, wishedId === null);
      });
    } finally {
      isSending = false;
      show({ sendingId: null });
    }
    look();
  }

  async function deliver(item: QueuedMessage, isAutomatic: boolean): Promise<void> {
    const isThere = endOf(conversation.get()).some(({ id }) => id === item.id);
    if (isThere) {
      change((queue) => settle(queue, item.id));
      return;
    }
    show({ sendingId: item.id, ...(isAutomatic ? { automaticId: item.id } : {}) });
    conversation.patch({ notice: null });
    // A message that is known as unsent goes out under its old ids.
    tools.drafts.writeUnsent(conversation.draftKey(), {
      conversationId: storageKey(),
      messageId: item.id,
      text: item.text,
      ...withImages(item.images ?? []),
    });
    const delivered = waitForDelivery(item);
    conversation.send(item.text, item.modelId, item.images ?? []);
    const outcome = await delivered;
    if (outcome !== "returned") change((queue) => settle(queue, item.id));
    else if (conversation.get().notice === null) {
      // Somebody took it back into the composer.
      change((queue) => dequeue(queue, item.id));
    } else {
      tools.drafts.writeUnsent(conversation.draftKey(), null);
      change((queue) => ({ ...queue, behindId: null }));
    }
  }

  function untilIdle(): Promise<void> {
    return new Promise((resolve) => {
      const stop = conversation.subscribe(() => {
        if (conversation.get().turn.phase !== "idle") return;
        stop();
        resolve();
      });
    });
  }

  function waitForDelivery({ id }: QueuedMessage): Promise<Delivery> {
    return new Promise((resolve) => {
      let isUnderWay = false;
      const stop = conversation.subscribe(() => {
        const { turn, notice } = conversation.get();
        const isShown = endOf(conversation.get()).some((message) => message.id === id);
        if (!isShown && !isUnderWay && notice === null) return;
        isUnderWay ||= isShown && turn.phase === "sending";
        const isOpen = turn.phase === "sending" || (turn.phase === "unsent" && turn.isRetrying);
        // The message is put on the page a moment before it is sent.
        if (isShown && (isOpen || !isUnderWay)) return;
        stop();
        // Refused: it stays in the queue, where it came from. Taken back: the composer has it.
        if (!isShown && notice !== null)
          conversation.patch({ returnedText: null, returnedImages: [] });
        resolve(isShown ? (turn.phase === "unsent" ? "refused" : "taken") : "returned");
      });
    });
  }

  conversation.subscribe(look);
  read();

  return {
    view,
    judge,
    look,

    has: (id: string): boolean => read().items.some((item) => item.id === id),

    /** @returns whether there was room for it. */
    add(text: string, modelId: string | null, images: readonly FilePart[] = []): boolean {
      const item = { id: tools.newId(), text, modelId, ...withImages(images) };
      const behindId = endOf(conversation.get()).findLast(({ role }) => role === "user")?.id;
      change((queue) => enqueue(queue, item, behindId ?? null));
      look();
      return view.get().items.some(({ id }) => id === item.id);
    },

    /** Takes a message out. @returns what puts it back. */
    remove(id: string): () => void {
      const { items } = view.get();
      const at = items.findIndex((item) => item.id === id);
      const item = items[at];
      change((queue) => dequeue(queue, id));
      return () => {
        if (item !== undefined) change((queue) => putBack(queue, item, at));
        look();
      };
    },

    /** Takes a message back into the composer. */
    edit(id: string): void {
      const item = view.get().items.find((one) => one.id === id);
      if (item === undefined) return;
      conversation.patch({ returnedText: item.text, returnedImages: item.images ?? [] });
      change((queue) => dequeue(queue, id));
    },

    /** Sends a message before the others: ends the answer that is under way, and keeps its text. */
    async sendNow(id: string): Promise<void> {
      change((queue) => advance(queue, id));
      const { phase } = conversation.get().turn;
      if (phase !== "idle" && phase !== "unsent") {
        void conversation.stop();
        await untilIdle();
      }
      await sendHead(id);
    },

    /** Another tab changed the stored queue of this conversation. */
    handleChange(conversationId: string): void {
      if (conversationId !== storageKey()) return;
      const { behindId } = read();
      // It sent one: this tab has not heard of that yet.
      const isBehind =
        behindId !== null && !endOf(conversation.get()).some(({ id }) => id === behindId);
      if (isBehind) void conversation.refresh();
      look();
    },

    /** The first message was rewritten: what waits behind it goes along to the new conversation. */
    moveTo(conversationId: string): void {
      const { items } = read();
      if (items.length === 0 || shownKey === conversationId) return;
      tools.storage.write(shownKey, emptyQueue);
      tools.storage.write(conversationId, { items, behindId: null });
    },
  };
}

function isSame(one: MessageQueue, other: MessageQueue): boolean {
  return (
    one.behindId === other.behindId &&
    one.items.length === other.items.length &&
    one.items.every((item, at) => {
      const counterpart = other.items[at];
      return item.id === counterpart?.id && item.text === counterpart.text;
    })
  );
}
