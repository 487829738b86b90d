import type { FilePart } from "@/lib/contracts/attachments";
import type { Message, MessagesPage } from "@/lib/contracts/messages";
import { isAbort } from "../api";
import type { AnswerReading } from "./answer-reading";
import { imagesOf, isSameImages, partsOf, withImages } from "./attachment-parts";
import type { Core } from "./conversation-core";
import {
  isBusy,
  replaceBranch,
  sizeOf,
  textOf,
  type ConversationState,
} from "./conversation-state";
import { editKey } from "./drafts";
import { isPassing, isWorthKeeping, toFailure, type Failure } from "./failure";
import type { SettingsSync } from "./settings-sync";
import type { TurnRequest } from "./transport";
import { isEmpty, turnOf, userMessage } from "./turn-request";

/** A message on its way, and for an edited one what to go back to when it does not arrive. */
type Outgoing = {
  request: TurnRequest;
  edited: ({ messageId: string } & Pick<ConversationState, "messages" | "after" | "tail">) | null;
};

/** Sends messages, again and again where needed, so that each arrives once. */
export function createMessageSending(core: Core, reading: AnswerReading, settings: SettingsSync) {
  const { get, patch, transport, drafts } = core;
  let outgoing: Outgoing | null = null;

  function send(text: string, modelId: string | null, images: readonly FilePart[] = []): void {
    const state = get();
    if (isBusy(state.turn) || isEmpty(text, images)) return;
    const parentId = state.messages.at(-1)?.id ?? null;
    const ids = prepare(core.draftKey(), text, images);
    core.setOutgoingKey(null);
    const message = userMessage(ids.messageId, parentId, partsOf(text, images), core.nowMs());
    patch({ id: ids.conversationId, messages: [...state.messages, message], notice: null });
    outgoing = {
      request: {
        ...turnOf(ids.conversationId, message, modelId),
        ...compare(),
        ...settings.takeForTurn(),
      },
      edited: null,
    };
    void submit(outgoing);
  }

  /** Sends a message anew with another text: an alternative beside the old one, which stays. */
  function sendEdited(
    messageId: string,
    text: string,
    modelId: string | null,
    given?: readonly FilePart[],
  ): void {
    const { turn, messages, after, tail, editing } = get();
    const old = messages.find(({ id }) => id === messageId);
    if (old?.role !== "user") return;
    const images = given ?? imagesOf(old);
    if (isBusy(turn) || isEmpty(text, images)) return;
    const key = editKey(messageId);
    drafts.writeDraft(key, text);
    const ids = prepare(key, text, images);
    core.setOutgoingKey(key);
    const parts = partsOf(text, images);
    const message = userMessage(ids.messageId, old.parentId, parts, core.nowMs());
    const siblingIds = [...old.siblingIds, ids.messageId];
    patch({
      ...replaceBranch({ messages, after }, messageId, { ...message, siblingIds }),
      tail: null,
      editing: editing.filter((id) => id !== messageId),
      notice: null,
    });
    const { parentId } = old;
    outgoing = {
      request: {
        ...turnOf(ids.conversationId, message, modelId),
        parentId,
        ...compare(),
        ...settings.takeForTurn(),
      },
      edited: { messageId, messages, after, tail },
    };
    void submit(outgoing);
  }

  /** What a turn says of the models that answer side by side; the first is the conversation's. */
  function compare(): Pick<TurnRequest, "compare"> {
    const { compared } = get();
    const [first] = compared;
    patch({ sideBySide: null });
    if (first === undefined || compared.length < 2) return {};
    patch({ modelId: first });
    return { compare: compared };
  }

  /**
   * Keeps a message until the server has it, and gives it its ids: one that was posted before goes
   * out under the old ones, so that it arrives once.
   */
  function prepare(key: string, text: string, images: readonly FilePart[]) {
    const { id, isSaved } = get();
    const unsent = drafts.readUnsent(key);
    const isSame =
      unsent?.text === text &&
      isSameImages(unsent.images, images) &&
      (!isSaved || unsent.conversationId === id);
    const ids = isSame
      ? { conversationId: unsent.conversationId, messageId: unsent.messageId }
      : { conversationId: id, messageId: core.newId() };
    drafts.writeUnsent(key, { ...ids, text, ...withImages(images) });
    return ids;
  }

  /** Posts a message until the server has it, then follows the answer. */
  async function submit({ request }: Outgoing): Promise<void> {
    const sinceMs = core.nowMs();
    for (let attempt = 1; ; attempt += 1) {
      const signal = core.restartReading();
      patch({ turn: { phase: "sending", sinceMs, replacesId: null, sizeBefore: 0 } });
      const failure = await post(request, signal, sinceMs);
      if (failure === null || signal.aborted) return;
      if (!isPassing(failure)) {
        await giveUp(request, failure);
        return;
      }
      const isStopped = get().isStopping;
      patch({ turn: { phase: "unsent", failure, isRetrying: true }, isStopping: false });
      if (isStopped) {
        takeBack();
        return;
      }
      await core.waitForTry(attempt);
      if (get().turn.phase !== "unsent") return;
    }
  }

  /** One try. Null when the server took the turn, whatever became of its answer. */
  async function post(
    request: TurnRequest,
    signal: AbortSignal,
    sinceMs: number,
  ): Promise<Failure | null> {
    try {
      const stream = await transport.postTurn(request, signal);
      const outcome = await reading.follow(stream, signal, sinceMs);
      if (outcome === "broken") await reading.resume();
      return outcome === "empty" ? { code: "offline", details: null } : null;
    } catch (error) {
      return isAbort(error) ? null : toFailure(error);
    }
  }

  /** The server refused the message: it waits for a click, or its text returns to the composer. */
  async function giveUp(request: TurnRequest, failure: Failure): Promise<void> {
    patch({ isStopping: false });
    const arrived = failure.code === "answer_in_progress" ? await findArrival(request) : null;
    if (arrived !== null) {
      takeArrival(arrived);
      await reading.resume();
      return;
    }
    if (isWorthKeeping(failure)) {
      patch({ turn: { phase: "unsent", failure, isRetrying: false } });
      return;
    }
    returnText(failure);
    // Another tab may have gone on with this conversation.
    await reading.refresh();
  }

  /** The page that has the message after all, since a try may have arrived unheard; or null. */
  async function findArrival({ id, message }: TurnRequest): Promise<MessagesPage | null> {
    const page = await transport.readMessages(id, null).catch(() => null);
    const isThere = page?.messages.some((one) => one.id === message?.id) === true;
    return isThere ? page : null;
  }

  function takeArrival(page: MessagesPage): void {
    core.takePage(page);
    core.markSaved(null);
  }

  /**
   * Ends the sending of a message of which the server said nothing: it stays where it is when the
   * server has it, and otherwise its text goes back to where it was written. Sent again as it is,
   * it goes out under its old ids, and arrives once.
   */
  async function recall(patienceMs: number): Promise<void> {
    if (get().turn.phase !== "sending" || outgoing === null) return;
    const { request } = outgoing;
    const signal = core.restartReading();
    const tooLong = core.wait(patienceMs, signal).then(() => null);
    const arrived = await Promise.race([findArrival(request), tooLong]);
    if (signal.aborted) return;
    if (arrived === null) returnText(null);
    else {
      takeArrival(arrived);
      // It is being answered, and that is not wanted.
      await reading.requestStop();
      patch({ turn: { phase: "idle" } });
    }
    patch({ isStopping: false });
  }

  /** Gives the text back: into the composer, or into the message that it was to replace. */
  function returnText(failure: Failure | null): void {
    const { messages, editing } = get();
    const unsentId = outgoing?.request.message?.id;
    const unsent = messages.find(({ id }) => id === unsentId);
    const rest = { turn: { phase: "idle" }, notice: failure } as const;
    const edited = outgoing?.edited ?? null;
    if (edited !== null) {
      const { messageId, ...before } = edited;
      patch({ ...rest, ...before, editing: [...editing, messageId] });
      return;
    }
    patch({
      ...rest,
      messages: messages.filter(({ id }) => id !== unsentId),
      returnedText: unsent === undefined ? null : textOf(unsent),
      returnedImages: unsent === undefined ? [] : imagesOf(unsent),
    });
  }

  function retryUnsent(): void {
    const { turn } = get();
    if (turn.phase !== "unsent") return;
    if (turn.isRetrying) core.wake();
    else if (outgoing !== null) void submit(outgoing);
  }

  /** Takes a message that is not saved back into the composer. */
  function takeBack(): void {
    if (get().turn.phase !== "unsent") return;
    returnText(null);
    core.wake();
  }

  /** Answers anew; the first answer stays, as an alternative. */
  async function regenerate(messageId: string, modelId: string | null): Promise<void> {
    const { turn, messages } = get();
    if (isBusy(turn)) return;
    const at = messages.findIndex(({ id }) => id === messageId);
    // Asked to answer a user's message, what follows that one is in the way.
    const replaced = messages[at]?.role === "user" ? messages[at + 1] : messages[at];
    const place = { replacesId: replaced?.id ?? null, sizeBefore: 0 };
    await ask("regenerate-message", messageId, modelId, place);
  }

  /** Goes on with an answer that was cut, in the same message. */
  async function continueAnswer(messageId: string, modelId: string | null): Promise<void> {
    const { turn, messages } = get();
    const cut = messages.find(({ id }) => id === messageId);
    if (isBusy(turn) || cut === undefined) return;
    const show = (shown: Message) => {
      patch({ messages: get().messages.map((one) => (one.id === messageId ? shown : one)) });
    };
    show({ ...cut, status: "streaming", errorCode: null, errorDetails: null });
    const place = { replacesId: null, sizeBefore: sizeOf(cut) };
    await ask("continue-message", messageId, modelId, place, () => {
      show(cut);
    });
  }

  async function ask(
    trigger: "regenerate-message" | "continue-message",
    messageId: string,
    modelId: string | null,
    place: { replacesId: string | null; sizeBefore: number },
    undo: () => void = () => undefined,
  ): Promise<void> {
    const signal = core.restartReading();
    const sinceMs = core.nowMs();
    outgoing = null;
    patch({ turn: { phase: "sending", sinceMs, ...place }, notice: null });
    const model = modelId === null ? {} : { model: modelId };
    const request: TurnRequest = {
      id: get().id,
      trigger,
      messageId,
      ...model,
      ...(trigger === "regenerate-message" ? compare() : {}),
      ...settings.takeForTurn(),
    };
    const failure = await post(request, signal, sinceMs);
    if (failure === null || signal.aborted) return;
    undo();
    patch({ turn: { phase: "idle" }, isStopping: false, notice: failure });
    // It may have arrived although its answer did not: the server knows.
    await reading.refresh();
  }

  return { send, sendEdited, retryUnsent, takeBack, recall, regenerate, continueAnswer };
}

export type MessageSending = ReturnType<typeof createMessageSending>;
