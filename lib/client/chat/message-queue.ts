import type { FilePart } from "@/lib/contracts/attachments";
import type { Message } from "@/lib/contracts/messages";
import { parseImages, withImages } from "./attachment-parts";
import type { Turn } from "./conversation-state";

/** A message that waits for the answer before it. Its id stays, so that it arrives once. */
export type QueuedMessage = {
  id: string;
  text: string;
  images?: readonly FilePart[];
  /** The model that was chosen when it was written. */
  modelId: string | null;
};

export type MessageQueue = {
  items: readonly QueuedMessage[];
  /** The user message whose answer is waited for. */
  behindId: string | null;
};

export const emptyQueue: MessageQueue = { items: [], behindId: null };

/** More messages than this are a text of their own. */
export const queueLimit = 20;

/**
 * What becomes of the queue: `ready` when its head goes out by itself, `held` when a person
 * decides: the answer before it did not end well, or the conversation took another way.
 */
export type QueueState = "empty" | "waiting" | "ready" | "held";

type Surroundings = {
  turn: Turn;
  /** The newest message of the branch. */
  last: Message | undefined;
  isLoaded: boolean;
};

const goodEnds: readonly Message["status"][] = ["complete", "length", "filtered"];

export function judgeQueue(
  { items, behindId }: MessageQueue,
  { turn, last, isLoaded }: Surroundings,
): QueueState {
  if (items.length === 0) return "empty";
  if (turn.phase !== "idle" || !isLoaded || last?.status === "streaming") return "waiting";
  const isAnswered = last?.role === "assistant" && last.parentId === behindId;
  return isAnswered && goodEnds.includes(last.status) ? "ready" : "held";
}

/** Puts a message at the end. The first one says whose answer is waited for. */
export function enqueue(
  queue: MessageQueue,
  item: QueuedMessage,
  behindId: string | null,
): MessageQueue {
  if (queue.items.length >= queueLimit) return queue;
  return {
    items: [...queue.items, item],
    behindId: queue.items.length === 0 ? behindId : queue.behindId,
  };
}

/** Takes a message out, wherever it is. */
export function dequeue(queue: MessageQueue, id: string): MessageQueue {
  return { ...queue, items: queue.items.filter((item) => item.id !== id) };
}

/** Puts a message that was taken out back where it was. */
export function putBack(queue: MessageQueue, item: QueuedMessage, at: number): MessageQueue {
  const items = queue.items.filter(({ id }) => id !== item.id);
  return { ...queue, items: [...items.slice(0, at), item, ...items.slice(at)] };
}

/** Puts a message first: it is wanted now. */
export function advance(queue: MessageQueue, id: string): MessageQueue {
  const item = queue.items.find((one) => one.id === id);
  return item === undefined ? queue : putBack(queue, item, 0);
}

/** The server has a message of the queue: the others wait for its answer. */
export function settle(queue: MessageQueue, id: string): MessageQueue {
  const isQueued = queue.items.some((item) => item.id === id);
  return isQueued ? { items: dequeue(queue, id).items, behindId: id } : queue;
}

/** What was stored, as far as it can be understood: a damaged entry must not take the others along. */
export function parseQueue(value: unknown): MessageQueue {
  if (!isRecord(value) || !Array.isArray(value["items"])) return emptyQueue;
  const { behindId } = value;
  return {
    items: value["items"].flatMap((item: unknown) => parseItem(item)).slice(0, queueLimit),
    behindId: typeof behindId === "string" ? behindId : null,
  };
}

function parseItem(value: unknown): QueuedMessage[] {
  if (!isRecord(value)) return [];
  const { id, text, modelId } = value;
  if (typeof id !== "string" || typeof text !== "string") return [];
  const images = withImages(parseImages(value["images"]));
  return [{ id, text, ...images, modelId: typeof modelId === "string" ? modelId : null }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
