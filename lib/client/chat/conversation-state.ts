import type { FilePart } from "@/lib/contracts/attachments";
import type { ContextPolicy } from "@/lib/contracts/context";
import type { Conversation } from "@/lib/contracts/conversations";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { AnswerFigures, Message, MessagesPage } from "@/lib/contracts/messages";
import type { Parameters } from "@/lib/contracts/parameters";
import type { Failure } from "./failure";
import type { Tail } from "./message-window";
import { isSameUsage } from "./with-usage";
import { wordsOf } from "@/lib/domain/conversation/words-of";

/** A pause before the provider is asked once more. */
export type RetryWait = {
  /** The try that comes next, from 2. */
  attempt: number;
  of: number;
  errorCode: ErrorCode;
  /** Moment of Date at which it is tried. */
  untilMs: number;
};

/** What the conversation is doing. */
export type Turn =
  | { phase: "idle" }
  /** Posted, and the server has not said yet that it has it. */
  | {
      phase: "sending";
      sinceMs: number;
      /** The message in whose place the answer will stand. */
      replacesId: string | null;
      /** Characters of the answer that goes on; 0 for a new one. */
      sizeBefore: number;
    }
  | {
      phase: "answering";
      sinceMs: number;
      sizeBefore: number;
      /** What writes it: a stop names it, so that it never ends a later one. */
      generationId: string | null;
      retry: RetryWait | null;
      /** It waits for a summary, without which it would not fit. */
      isSummarising?: boolean;
    }
  /** The answer goes on at the server; the connection to it was lost. */
  | { phase: "reconnecting"; sinceMs: number; generationId: string | null }
  /** The last message is not saved. */
  | { phase: "unsent"; failure: Failure; isRetrying: boolean };

/** A message that is to stay where it is on the screen while what is around it changes. */
export type HeldPlace = {
  messageId: string;
  /** From the top of the page. */
  topPx: number;
  /** Which way one walks among the alternatives, where the keyboard is on that button. */
  focus: "previous" | "next" | null;
};

/** One of several answers to a question. */
export type CandidateView = {
  message: Message;
  /** The alias that was picked for it, where that is known. */
  modelId: string | null;
  /** What writes it; null once it has ended. */
  generationId: string | null;
  /** Known once it has ended. */
  figures: AnswerFigures | null;
  /** While its provider is given time before another try. */
  retry: RetryWait | null;
};

/** Answers that are shown side by side, in the order in which they were asked for. */
export type SideBySide = { groupId: string; candidates: readonly CandidateView[] };

export type ConversationState = {
  id: string;
  /** Whether the server has it. */
  isSaved: boolean;
  isLoaded: boolean;
  title: string;
  systemPrompt: string | null;
  modelId: string | null;
  parameters: Parameters | null;
  /** Null: the user's own default, or the instance's. */
  contextPolicy: ContextPolicy | null;
  /** What it goes on from; null or missing where it began by itself. */
  carried?: Conversation["carried"];
  /** The active branch, oldest first, as far as it is loaded. */
  messages: readonly Message[];
  /** Cursor of the page before; null when the first message is loaded. */
  before: string | null;
  /** Cursor of the page after; null when the end of the branch is loaded. */
  after: string | null;
  /** The end of the branch while `messages` shows another part of it; null where it is unknown. */
  tail: Tail | null;
  older: "idle" | "loading" | "failed";
  newer: "idle" | "loading" | "failed";
  turn: Turn;
  isStopping: boolean;
  /** An answer that ended and that the server could not store yet. */
  unsavedId: string | null;
  /** Answers for which more was left out when the provider found it too long; of this visit. */
  cutAgainIds?: readonly string[];
  /** Messages whose text is being changed. */
  editing: readonly string[];
  /** On the way from one alternative to another; `shownId` is what is on the page. */
  choosing: { shownId: string; toId: string } | null;
  held: HeldPlace | null;
  isModelPickerOpen: boolean;
  /** Aliases that answer the next questions side by side; none while one model answers. */
  compared: readonly string[];
  /** Answers that are shown side by side. */
  sideBySide: SideBySide | null;
  /** What went wrong last; shown above the composer. */
  notice: Failure | null;
  /** Text that was not sent after all and belongs into the composer. */
  returnedText: string | null;
  /** The images of that message. */
  returnedImages?: readonly FilePart[];
};

export function isBusy({ phase }: Turn): boolean {
  return phase !== "idle";
}

/** The text of a message without its reasoning. */
export function textOf(message: Pick<Message, "parts">): string {
  const texts = message.parts.filter((part) => part.type === "text").map((part) => part.text);
  return texts.join("\n\n");
}

/** Characters of a message, its reasoning included. */
export const sizeOf = (message: Pick<Message, "parts">): number =>
  message.parts.reduce((size, part) => size + wordsOf(part).length, 0);

type Loaded = Pick<ConversationState, "messages" | "after">;

/**
 * Puts a streaming answer after the message that it answers; whatever followed there was another
 * branch. A replay that is still behind what is shown does not take text away.
 */
export function placeAnswer({ messages, after }: Loaded, answer: Message): Loaded {
  const shown = messages.find(({ id }) => id === answer.id);
  if (shown !== undefined) {
    const isBehind = answer.status === "streaming" && sizeOf(answer) < sizeOf(shown);
    if (isBehind) return { messages, after };
    const { siblingIds, createdAt } = shown;
    const candidateGroup = answer.candidateGroup ?? shown.candidateGroup;
    const usage = answer.usage ?? shown.usage;
    const merged = { ...answer, siblingIds, candidateGroup, usage, createdAt };
    return { messages: messages.map((one) => (one.id === answer.id ? merged : one)), after };
  }
  const parentAt = messages.findIndex(({ id }) => id === answer.parentId);
  if (parentAt < 0) {
    // Its place is not loaded: it comes with the page that is.
    return after === null ? { messages: [...messages, answer], after } : { messages, after };
  }
  const siblingIds = [
    ...new Set([...(messages[parentAt + 1]?.siblingIds ?? []), ...answer.siblingIds]),
  ];
  return {
    messages: [...messages.slice(0, parentAt + 1), { ...answer, siblingIds }],
    after: null,
  };
}

/** Puts a message in the place of one of its siblings; what followed that one is another branch. */
export function replaceBranch(
  { messages, after }: Loaded,
  siblingId: string,
  message: Message,
): Loaded {
  const at = messages.findIndex(({ id }) => id === siblingId);
  return at < 0
    ? { messages, after }
    : { messages: [...messages.slice(0, at), message], after: null };
}

/**
 * Takes over a page from one of its messages on. What is loaded before that message stays, when
 * the page continues it; otherwise the page replaces everything.
 */
export function joinPage(
  state: Pick<ConversationState, "messages" | "before">,
  page: MessagesPage,
  fromId: string,
): Pick<ConversationState, "messages" | "before" | "after"> {
  const fresh = keepUnchanged(state.messages, page.messages);
  const start = fresh.findIndex(({ id }) => id === fromId);
  const parentId = fresh[start]?.parentId ?? null;
  const joint = parentId === null ? -1 : state.messages.findIndex(({ id }) => id === parentId);
  if (joint < 0) return { ...page, messages: fresh };
  return {
    messages: [...state.messages.slice(0, joint + 1), ...fresh.slice(start)],
    before: state.before,
    after: page.after,
  };
}

/**
 * Takes over the newest page from the server. Older messages that are loaded stay when the page
 * continues them; otherwise the branch is another one and the page replaces everything.
 */
export function mergeNewestPage(
  state: Pick<ConversationState, "messages" | "before">,
  page: MessagesPage,
): Pick<ConversationState, "messages" | "before"> {
  const fresh = keepUnchanged(state.messages, page.messages);
  const parentId = fresh[0]?.parentId ?? null;
  const joint = parentId === null ? -1 : state.messages.findIndex(({ id }) => id === parentId);
  if (joint < 0) return { messages: fresh, before: page.before };
  return { messages: [...state.messages.slice(0, joint + 1), ...fresh], before: state.before };
}

/** What is not stored yet is known here only: the page still has it as it was on its way. */
export function keepUnsaved(
  { messages, unsavedId }: Pick<ConversationState, "messages" | "unsavedId">,
  page: MessagesPage,
): { page: MessagesPage; unsavedId: string | null } {
  const mine = messages.find(({ id }) => id === unsavedId);
  const isStored = page.messages.every(
    ({ id, status }) => id !== unsavedId || status !== "streaming",
  );
  if (mine === undefined || isStored) return { page, unsavedId: null };
  const kept = page.messages.map((message) => (message.id === unsavedId ? mine : message));
  return { page: { ...page, messages: kept }, unsavedId };
}

/** An unchanged message keeps its identity, so that nothing of it is rendered again. */
function keepUnchanged(old: readonly Message[], fresh: readonly Message[]): Message[] {
  const known = new Map(old.map((message) => [message.id, message]));
  return fresh.map((message) => {
    const before = known.get(message.id);
    return before !== undefined && isSameMessage(before, message) ? before : message;
  });
}

function isSameMessage(one: Message, other: Message): boolean {
  return (
    one.status === other.status &&
    one.errorCode === other.errorCode &&
    one.model === other.model &&
    one.context === other.context &&
    one.isEdited === other.isEdited &&
    (other.usage === null || isSameUsage(one.usage, other.usage)) &&
    (one.failover === null) === (other.failover === null) &&
    one.siblingIds.join() === other.siblingIds.join() &&
    one.parts.length === other.parts.length &&
    one.parts.every((part, at) => {
      const counterpart = other.parts[at];
      if (counterpart?.type !== part.type) return false;
      return part.type === "file"
        ? part.url === (counterpart as typeof part).url
        : wordsOf(part) === wordsOf(counterpart);
    })
  );
}
