import type { Message, MessagesPage } from "@/lib/contracts/messages";
import type { Failure } from "./failure";

/** What the conversation is doing. */
export type Turn =
  | { phase: "idle" }
  /** Posted, and the server has not said yet that it has it. */
  | { phase: "sending"; sinceMs: number; replacesId: string | null }
  | { phase: "answering"; sinceMs: number }
  /** The answer goes on at the server; the connection to it was lost. */
  | { phase: "reconnecting"; sinceMs: number }
  /** The last message is not saved. */
  | { phase: "unsent"; failure: Failure; isRetrying: boolean };

export type ConversationState = {
  id: string;
  /** Whether the server has it. */
  isSaved: boolean;
  isLoaded: boolean;
  title: string;
  systemPrompt: string | null;
  modelId: string | null;
  /** The active branch, oldest first, as far as it is loaded. */
  messages: readonly Message[];
  /** Cursor of the page before; null when the first message is loaded. */
  before: string | null;
  /** Cursor of the page after; null when the end of the branch is loaded. */
  after: string | null;
  older: "idle" | "loading" | "failed";
  turn: Turn;
  isStopping: boolean;
  /** What went wrong last; shown above the composer. */
  notice: Failure | null;
  /** Text that was not sent after all and belongs into the composer. */
  returnedText: string | null;
};

export function isBusy({ phase }: Turn): boolean {
  return phase !== "idle";
}

/** The text of a message without its reasoning. */
export function textOf(message: Pick<Message, "parts">): string {
  const texts = message.parts.filter((part) => part.type === "text").map((part) => part.text);
  return texts.join("\n\n");
}

const sizeOf = (message: Message) =>
  message.parts.reduce((size, part) => size + part.text.length, 0);

/**
 * Puts a streaming answer after the message that it answers; whatever followed there was another
 * branch. A replay that is still behind what is shown does not take text away.
 */
export function placeAnswer(messages: readonly Message[], answer: Message): readonly Message[] {
  const shown = messages.find(({ id }) => id === answer.id);
  if (shown !== undefined) {
    const isBehind = answer.status === "streaming" && sizeOf(answer) < sizeOf(shown);
    if (isBehind) return messages;
    const merged = { ...answer, siblingIds: shown.siblingIds, createdAt: shown.createdAt };
    return messages.map((message) => (message.id === answer.id ? merged : message));
  }
  const parentAt = messages.findIndex(({ id }) => id === answer.parentId);
  if (parentAt < 0) return [...messages, answer];
  const siblingIds = [...(messages[parentAt + 1]?.siblingIds ?? []), answer.id];
  return [...messages.slice(0, parentAt + 1), { ...answer, siblingIds }];
}

/**
 * Takes over the newest page from the server. Older messages that are loaded stay when the page
 * continues them; otherwise the branch is another one and the page replaces everything.
 */
export function mergeNewestPage(
  state: Pick<ConversationState, "messages" | "before">,
  page: MessagesPage,
): Pick<ConversationState, "messages" | "before"> {
  const known = new Map(state.messages.map((message) => [message.id, message]));
  // An unchanged message keeps its identity, so that nothing of it is rendered again.
  const fresh = page.messages.map((message) => {
    const old = known.get(message.id);
    return old !== undefined && isSameMessage(old, message) ? old : message;
  });
  const parentId = fresh[0]?.parentId ?? null;
  const joint = parentId === null ? -1 : state.messages.findIndex(({ id }) => id === parentId);
  if (joint < 0) return { messages: fresh, before: page.before };
  return { messages: [...state.messages.slice(0, joint + 1), ...fresh], before: state.before };
}

/** Puts an older page in front, leaving out what is already there. */
export function addOlderPage(
  state: Pick<ConversationState, "messages" | "before">,
  page: MessagesPage,
): Pick<ConversationState, "messages" | "before"> {
  const known = new Set(state.messages.map(({ id }) => id));
  const older = page.messages.filter(({ id }) => !known.has(id));
  return { messages: [...older, ...state.messages], before: page.before };
}

function isSameMessage(one: Message, other: Message): boolean {
  return (
    one.status === other.status &&
    one.errorCode === other.errorCode &&
    one.model === other.model &&
    one.context === other.context &&
    one.siblingIds.length === other.siblingIds.length &&
    one.parts.length === other.parts.length &&
    one.parts.every((part, at) => {
      const counterpart = other.parts[at];
      return part.type === counterpart?.type && part.text === counterpart.text;
    })
  );
}
