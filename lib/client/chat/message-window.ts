import type { Message, MessagesPage } from "@/lib/contracts/messages";

/** The end of the branch, kept while the window shows another part of it. */
export type Tail = { messages: readonly Message[]; before: string | null };

/** A stretch of the active branch: what is loaded of it, and where it goes on. */
export type MessageWindow = {
  /** Oldest first, without gaps. */
  messages: readonly Message[];
  /** Cursor of the page before; null when the first message is loaded. */
  before: string | null;
  /** Cursor of the page after; null when the end of the branch is loaded. */
  after: string | null;
  /** Null when the window reaches the end itself, or when the end is not known here. */
  tail: Tail | null;
};

/** More rows than this are not kept: then those farthest from the reader are let go. */
export const maxRows = 300;
const keptRows = 240;
const tailRows = 30;

/** The newest messages that are known, wherever the window is; an answer streams into these. */
export function endOf({ messages, after, tail }: MessageWindow): readonly Message[] {
  return after === null ? messages : (tail?.messages ?? []);
}

/** Puts an older page in front. Null when the page does not continue the window. */
export function addOlderPage(window: MessageWindow, page: MessagesPage): MessageWindow | null {
  const older = withoutKnown(page.messages, window.messages);
  if (!isContinued(older.at(-1), window.messages[0])) return null;
  const messages = [...older, ...window.messages];
  if (messages.length <= maxRows) return { ...window, messages, before: page.before };
  const kept = messages.slice(0, keptRows);
  return { messages: kept, before: page.before, after: idOf(kept.at(-1)), tail: cutTail(window) };
}

/** Puts a newer page behind, and the end when it is reached. Null when it continues nothing. */
export function addNewerPage(window: MessageWindow, page: MessagesPage): MessageWindow | null {
  const newer = withoutKnown(page.messages, window.messages);
  if (!isContinued(window.messages.at(-1), newer[0])) return null;
  const grown = { ...window, messages: [...window.messages, ...newer], after: page.after };
  return letGoOfStart(joinTail(grown));
}

/** Shows a page from anywhere in the branch; joined with what is loaded where they meet. */
export function moveTo(window: MessageWindow, page: MessagesPage): MessageWindow {
  const tail = cutTail(window);
  return joinTail({ ...page, tail });
}

/** Shows the end. Null when it is not known and has to be read. */
export function moveToEnd(window: MessageWindow): MessageWindow | null {
  if (window.after === null) return letGoOfStart(window);
  return window.tail === null ? null : { ...window.tail, after: null, tail: null };
}

function joinTail(window: MessageWindow): MessageWindow {
  const { messages, before, after, tail } = window;
  if (after === null) return { messages: preferred(messages, tail), before, after, tail: null };
  const first = tail?.messages[0];
  if (tail === null || first === undefined) return window;
  const meetsAt = messages.findIndex(({ id }) => id === first.id);
  const isNext = messages.at(-1)?.id === first.parentId;
  if (meetsAt < 0 && !isNext) {
    // A page in the middle of what the tail holds: the tail is all there is to show.
    const isInside = tail.messages.some(({ id }) => id === messages[0]?.id);
    return isInside ? { ...tail, after: null, tail: null } : window;
  }
  const front = meetsAt < 0 ? messages : messages.slice(0, meetsAt);
  return { messages: [...front, ...tail.messages], before, after: null, tail: null };
}

/** What streams is ahead of what a page says. */
function preferred(messages: readonly Message[], tail: Tail | null): readonly Message[] {
  const known = new Map(tail?.messages.map((message) => [message.id, message]));
  return messages.map((message) => known.get(message.id) ?? message);
}

function letGoOfStart(window: MessageWindow): MessageWindow {
  if (window.messages.length <= maxRows) return window;
  const messages = window.messages.slice(-keptRows);
  return { ...window, messages, before: idOf(messages[0]) };
}

function cutTail({ messages, before, after, tail }: MessageWindow): Tail | null {
  if (after !== null) return tail;
  if (messages.length <= tailRows) return { messages, before };
  const kept = messages.slice(-tailRows);
  return { messages: kept, before: idOf(kept[0]) };
}

function withoutKnown(page: readonly Message[], known: readonly Message[]): Message[] {
  const ids = new Set(known.map(({ id }) => id));
  return page.filter(({ id }) => !ids.has(id));
}

/** Whether one message follows the other; nothing at all contradicts nothing. */
function isContinued(one: Message | undefined, next: Message | undefined): boolean {
  return one === undefined || next === undefined || next.parentId === one.id;
}

function idOf(message: Message | undefined): string | null {
  return message?.id ?? null;
}
