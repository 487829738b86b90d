"use client";

import { useSyncExternalStore } from "react";
import { queueOf } from "./conversations-open";
import { endOf } from "./message-window";
import { judgeQueue, type QueueState } from "./message-queue";
import type { QueueRunner, QueueView } from "./queue-runner";
import { useConversation, useConversationStore } from "./use-conversation";

/** What waits in this conversation to be sent. */
export function useMessageQueue(): QueueRunner {
  return queueOf(useConversationStore());
}

/** The queue, followed. The server knows of none: it is kept in the browser. */
export function useQueueView(): QueueView {
  const { view } = useMessageQueue();
  return useSyncExternalStore(view.subscribe, view.get, () => nothing);
}

const nothing: QueueView = {
  items: [],
  behindId: null,
  sendingId: null,
  automaticId: null,
  isKept: true,
};

export function useQueueState(): QueueState {
  const view = useQueueView();
  return useConversation((state) =>
    judgeQueue(view, {
      turn: state.turn,
      last: endOf(state).at(-1),
      isLoaded: state.isLoaded,
    }),
  );
}
