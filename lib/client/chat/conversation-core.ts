import type { MessagesPage } from "@/lib/contracts/messages";
import { createStore, type Store } from "../store";
import { backoffMs, type waitOrWake } from "./backoff";
import { keepUnsaved, mergeNewestPage, type ConversationState } from "./conversation-state";
import { newConversationKey, type Drafts } from "./drafts";
import type { Transport } from "./transport";

export type Tools = {
  transport: Transport;
  drafts: Drafts;
  /** The server has a message of this conversation; a title when the turn made one. */
  onTouched: (id: string, title: string | null) => void;
  newId: () => string;
  /** Between 0 and 1. */
  random: () => number;
  nowMs: () => number;
  /** Waits, or ends early when the signal is aborted. */
  wait: typeof waitOrWake;
  /** Whether nobody sees the page now. */
  isHidden: () => boolean;
  /** Calls back when nobody sees the page any more; returns what ends that. */
  onHidden: (listener: () => void) => () => void;
};

/** The conversation's state with what its readers and senders share. */
export type Core = ReturnType<typeof createCore>;

export function createCore(initial: ConversationState, tools: Tools) {
  const store: Store<ConversationState> = createStore(initial);
  /** Ends the reading of whatever is read now. */
  let reading = new AbortController();
  /** Ends a wait between two tries. */
  let waking = new AbortController();
  /** What the message on its way is kept under; null for the conversation's own key. */
  let outgoingKey: string | null = null;

  const patch = (change: Partial<ConversationState>) => {
    // Whoever moves the window along another branch without its end does not know that end.
    const isTailStale = "after" in change && !("tail" in change);
    store.set((state) => ({ ...state, ...(isTailStale ? { tail: null } : {}), ...change }));
  };
  const draftKey = () => (store.get().isSaved ? store.get().id : newConversationKey);

  return {
    ...tools,
    get: store.get,
    subscribe: store.subscribe,
    patch,
    draftKey,

    setOutgoingKey: (key: string | null): void => {
      outgoingKey = key;
    },

    /** What is read now; aborted as soon as something else is read. */
    readingSignal: () => reading.signal,

    restartReading(): AbortSignal {
      reading.abort();
      reading = new AbortController();
      return reading.signal;
    },

    /** Ends a wait between two tries: the network is back, or somebody asked. */
    wake: (): void => {
      waking.abort();
      waking = new AbortController();
    },

    /** Waits before the next try. */
    waitForTry: (attempt: number) => tools.wait(backoffMs(attempt, tools.random()), waking.signal),

    /** Takes over the newest page. What somebody reads elsewhere in the branch stays. */
    takePage(newest: MessagesPage): void {
      const state = store.get();
      const { page, unsavedId } = keepUnsaved(state, newest);
      patch({ unsavedId });
      if (state.after === null) {
        patch({ ...mergeNewestPage(state, page), after: null, isLoaded: true });
      } else {
        const { tail } = state;
        const { messages, before } = page;
        patch({ tail: tail === null ? { messages, before } : mergeNewestPage(tail, page) });
      }
    },

    /** The server has the conversation, and the message that was on its way. */
    markSaved(title: string | null): void {
      const { id, isSaved } = store.get();
      const unsentKey = outgoingKey ?? draftKey();
      // Another tab's first message may be on its way, too.
      if (tools.drafts.readUnsent(unsentKey)?.conversationId === id)
        tools.drafts.writeUnsent(unsentKey, null);
      if (outgoingKey !== null) {
        tools.drafts.writeDraft(outgoingKey, "");
        tools.drafts.writeDraftImages(outgoingKey, []);
      }
      outgoingKey = null;
      if (!isSaved) {
        // What was typed meanwhile belongs to this conversation, and not to the next new one.
        tools.drafts.moveDraft(newConversationKey, id);
      }
      patch({ isSaved: true, ...(title === null ? {} : { title }) });
      tools.onTouched(id, title);
    },
  };
}
