import { emptyQueue, parseQueue, type MessageQueue } from "./message-queue";

type TextStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const prefix = "parley.queue.";

export type QueueStorage = ReturnType<typeof createQueueStorage>;

/** Where queues wait: in the browser, so that a reload, a crash and a second tab find them. */
export function createQueueStorage(storage: () => TextStorage) {
  return {
    /** Null where the browser forbids storage. */
    read(conversationId: string): MessageQueue | null {
      try {
        const stored = storage().getItem(prefix + conversationId);
        return stored === null ? emptyQueue : parse(stored);
      } catch {
        return null;
      }
    },

    /** @returns whether it is kept: storage may be full or forbidden. */
    write(conversationId: string, queue: MessageQueue): boolean {
      try {
        if (queue.items.length === 0) storage().removeItem(prefix + conversationId);
        else storage().setItem(prefix + conversationId, JSON.stringify(queue));
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Which conversation's queue a key of the storage holds; null for every other key. */
export function conversationOfKey(key: string | null): string | null {
  return key?.startsWith(prefix) === true ? key.slice(prefix.length) : null;
}

function parse(stored: string): MessageQueue {
  try {
    return parseQueue(JSON.parse(stored));
  } catch {
    return emptyQueue;
  }
}
