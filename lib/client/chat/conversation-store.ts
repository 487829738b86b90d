import type { Conversation } from "@/lib/contracts/conversations";
import type { Message, MessagesPage } from "@/lib/contracts/messages";
import { isAbort } from "../api";
import { createStore, type Store } from "../store";
import { followStream } from "./answer-follower";
import type { LiveAnswer } from "./answer-reducer";
import { backoffMs, waitOrWake } from "./backoff";
import {
  addOlderPage,
  isBusy,
  mergeNewestPage,
  placeAnswer,
  textOf,
  type ConversationState,
} from "./conversation-state";
import { newConversationKey, type Drafts } from "./drafts";
import { isPassing, isWorthKeeping, toFailure, type Failure } from "./failure";
import type { Transport, TurnRequest } from "./transport";

/** What the server rendered of a conversation. */
export type ConversationSeed = { conversation: Conversation; page: MessagesPage };

export type Tools = {
  transport: Transport;
  drafts: Drafts;
  /** The server has a message of this conversation; a title when the turn made one. */
  onTouched: (id: string, title: string | null) => void;
  newId: () => string;
  random: () => number;
  nowMs: () => number;
};

/** How long the server may take to end an answer that was stopped. */
const stopPatienceMs = 4_000;

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** One conversation in this browser: its messages and the turn that is under way. */
export function createConversationStore(initial: ConversationState, tools: Tools) {
  const { transport, drafts } = tools;
  const store: Store<ConversationState> = createStore(initial);
  const { get } = store;
  const patch = (change: Partial<ConversationState>) => {
    store.set((state) => ({ ...state, ...change }));
  };

  /** Ends the reading of whatever is read now. */
  let reading = new AbortController();
  /** Ends a wait between two tries. */
  let waking = new AbortController();
  let lastRequest: TurnRequest | null = null;

  const draftKey = () => (get().isSaved ? get().id : newConversationKey);

  function send(text: string, modelId: string | null): void {
    const state = get();
    if (isBusy(state.turn) || text.trim() === "") return;
    const ids = sendingIds(text);
    // A message that was posted before goes out under its old ids, so that it cannot arrive twice.
    drafts.writeUnsent(draftKey(), { ...ids, text });
    const parentId = state.messages.at(-1)?.id ?? null;
    const message = userMessage(ids.messageId, parentId, text, tools.nowMs());
    patch({ id: ids.conversationId, messages: [...state.messages, message], notice: null });
    const request: TurnRequest = {
      id: ids.conversationId,
      trigger: "submit-message",
      message: { id: message.id, role: "user", parts: [{ type: "text", text }] },
      parentId,
      ...(modelId === null ? {} : { model: modelId }),
      ...(state.isSaved || state.systemPrompt === null
        ? {}
        : { settings: { systemPrompt: state.systemPrompt } }),
    };
    void submit(request);
  }

  function sendingIds(text: string) {
    const { id, isSaved } = get();
    const unsent = drafts.readUnsent(draftKey());
    if (unsent?.text === text && (!isSaved || unsent.conversationId === id)) {
      return { conversationId: unsent.conversationId, messageId: unsent.messageId };
    }
    return { conversationId: id, messageId: tools.newId() };
  }

  /** Posts a message until the server has it, then follows the answer. */
  async function submit(request: TurnRequest): Promise<void> {
    lastRequest = request;
    const sinceMs = tools.nowMs();
    for (let attempt = 1; ; attempt += 1) {
      const { signal } = restartReading();
      patch({ turn: { phase: "sending", sinceMs, replacesId: null } });
      const failure = await post(request, signal, sinceMs);
      if (failure === null || signal.aborted) return;
      if (!isPassing(failure)) {
        await giveUp(request, failure);
        return;
      }
      patch({ turn: { phase: "unsent", failure, isRetrying: true } });
      await waitOrWake(backoffMs(attempt, tools.random()), waking.signal);
      if (signal.aborted) return;
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
      const outcome = await follow(stream, signal, sinceMs);
      if (outcome === "broken") await resume();
      return outcome === "empty" ? { code: "offline", details: null } : null;
    } catch (error) {
      return isAbort(error) ? null : toFailure(error);
    }
  }

  /** The server refused the message: it waits for a click, or its text returns to the composer. */
  async function giveUp(request: TurnRequest, failure: Failure): Promise<void> {
    if (failure.code === "answer_in_progress" && (await hasArrived(request))) {
      await resume();
      return;
    }
    if (isWorthKeeping(failure)) {
      patch({ turn: { phase: "unsent", failure, isRetrying: false } });
      return;
    }
    returnText(failure);
    // Another tab may have gone on with this conversation.
    if (get().isSaved) await refresh();
  }

  /** Whether the message is saved after all: an earlier try may have arrived unheard. */
  async function hasArrived(request: TurnRequest): Promise<boolean> {
    try {
      const page = await transport.readMessages(request.id, null);
      if (!page.messages.some(({ id }) => id === request.message?.id)) return false;
      takePage(page);
      markSaved(null);
      return true;
    } catch {
      return false;
    }
  }

  function returnText(failure: Failure | null): void {
    const unsentId = lastRequest?.message?.id;
    const unsent = get().messages.find(({ id }) => id === unsentId);
    drafts.writeUnsent(draftKey(), null);
    patch({
      turn: { phase: "idle" },
      notice: failure,
      messages: get().messages.filter(({ id }) => id !== unsentId),
      returnedText: unsent === undefined ? null : textOf(unsent),
    });
  }

  function retryUnsent(): void {
    const { turn } = get();
    if (turn.phase !== "unsent") return;
    if (turn.isRetrying) wake();
    else if (lastRequest !== null) void submit(lastRequest);
  }

  /** Takes a message that is not saved back into the composer. */
  function takeBack(): void {
    if (get().turn.phase !== "unsent") return;
    restartReading();
    wake();
    returnText(null);
  }

  async function regenerate(messageId: string, modelId: string | null): Promise<void> {
    const state = get();
    if (isBusy(state.turn)) return;
    const { signal } = restartReading();
    const sinceMs = tools.nowMs();
    patch({ turn: { phase: "sending", sinceMs, replacesId: messageId }, notice: null });
    const failure = await post(
      {
        id: state.id,
        trigger: "regenerate-message",
        messageId,
        ...(modelId === null ? {} : { model: modelId }),
      },
      signal,
      sinceMs,
    );
    if (failure === null || signal.aborted) return;
    patch({ turn: { phase: "idle" }, notice: failure });
    // It may have arrived although its answer did not: the server knows.
    await refresh();
  }

  /**
   * Follows one connection to an answer. `empty` when it said nothing: then the server may not
   * have the turn. `broken` when it began and was lost.
   */
  async function follow(
    stream: ReadableStream<Uint8Array>,
    signal: AbortSignal,
    sinceMs: number,
  ): Promise<"empty" | "broken" | "finished"> {
    const { answer, isFinished } = await followStream(stream, {
      onStart: (started) => {
        if (signal.aborted) return;
        markSaved(started.title);
        patch({ turn: { phase: "answering", sinceMs } });
        if (get().isStopping) void requestStop();
      },
      onPaint: (live) => {
        if (!signal.aborted) paint(live);
      },
    });
    if (signal.aborted) return "finished";
    if (answer === null) return "empty";
    // A stored answer can be replayed while another instance still writes it.
    if (!isFinished || answer.message.status === "streaming") return "broken";
    finish(answer);
    return "finished";
  }

  function paint({ message }: LiveAnswer): void {
    patch({ messages: placeAnswer(get().messages, message) });
  }

  function finish({ title, conversationId }: LiveAnswer): void {
    patch({ turn: { phase: "idle" }, isStopping: false });
    if (title !== null) markTitle(title);
    tools.onTouched(conversationId, title);
  }

  function markSaved(title: string | null): void {
    const { id, isSaved } = get();
    drafts.writeUnsent(draftKey(), null);
    if (!isSaved) {
      const next = drafts.readDraft(newConversationKey);
      drafts.writeDraft(newConversationKey, "");
      drafts.writeDraft(id, next);
    }
    patch({ isSaved: true });
    if (title !== null) markTitle(title);
    tools.onTouched(id, title);
  }

  function markTitle(title: string): void {
    patch({ title });
  }

  /** Finds the answer that the server is writing, and follows it; ends when it has ended. */
  async function resume(): Promise<void> {
    const { signal } = restartReading();
    const sinceMs = tools.nowMs();
    for (let attempt = 1; ; attempt += 1) {
      patch({ turn: { phase: "reconnecting", sinceMs } });
      const outcome = await reconnect(signal, sinceMs);
      if (outcome === "ended" || signal.aborted) return;
      // A connection that brought something is a good sign: start with short waits again.
      if (outcome === "broken") attempt = 1;
      await waitOrWake(backoffMs(attempt, tools.random()), waking.signal);
      if (signal.aborted) return;
    }
  }

  async function reconnect(signal: AbortSignal, sinceMs: number): Promise<"ended" | "broken" | "again"> {
    try {
      const { id } = get();
      const stream = await transport.followAnswer(id, signal);
      const outcome = stream === null ? "empty" : await follow(stream, signal, sinceMs);
      if (outcome !== "empty") return outcome === "finished" ? "ended" : "broken";
      // Nothing is live: then the database knows how the answer ended.
      takePage(await transport.readMessages(id, null));
      if (get().messages.at(-1)?.status === "streaming") return "again";
      patch({ turn: { phase: "idle" }, isStopping: false });
      return "ended";
    } catch (error) {
      if (isAbort(error)) return "ended";
      const failure = toFailure(error);
      if (isPassing(failure) || failure.code === "internal") return "again";
      patch({ turn: { phase: "idle" }, isStopping: false, notice: failure });
      return "ended";
    }
  }

  /** Ends the answer at the provider; what came of it stays. */
  async function stop(): Promise<void> {
    const { turn, isStopping } = get();
    if (turn.phase === "unsent") {
      takeBack();
      return;
    }
    if (turn.phase === "idle" || isStopping) return;
    patch({ isStopping: true, notice: null });
    const { signal } = reading;
    await requestStop();
    await waitOrWake(stopPatienceMs, signal);
    if (!get().isStopping || signal.aborted) return;
    restartReading();
    patch({ turn: { phase: "idle" }, isStopping: false });
    await refresh();
  }

  async function requestStop(): Promise<void> {
    try {
      await transport.stopAnswer(get().id);
    } catch (error) {
      const failure = toFailure(error);
      // Before the server knows the conversation, there is nothing to stop: `onStart` asks again.
      if (failure.code !== "not_found") patch({ notice: failure });
    }
  }

  async function loadOlder(): Promise<void> {
    const { id, before, older } = get();
    if (before === null || older === "loading") return;
    patch({ older: "loading" });
    try {
      const page = await transport.readMessages(id, before);
      patch({ ...addOlderPage(get(), page), older: "idle" });
    } catch {
      patch({ older: "failed" });
    }
  }

  /** Looks whether the conversation went on elsewhere: in another tab, on another device. */
  async function refresh(): Promise<void> {
    const { id, isSaved, turn } = get();
    if (!isSaved || turn.phase !== "idle") return;
    try {
      const page = await transport.readMessages(id, null);
      if (get().turn.phase !== "idle") return;
      takePage(page);
      if (get().messages.at(-1)?.status === "streaming") await resume();
    } catch (error) {
      if (!get().isLoaded) patch({ notice: toFailure(error) });
    }
  }

  function takePage(page: MessagesPage): void {
    patch({ ...mergeNewestPage(get(), page), isLoaded: true });
  }

  /** Takes over what the server rendered just now, unless this browser is ahead of it. */
  function absorb({ conversation, page }: ConversationSeed): void {
    const { title, systemPrompt, modelId } = conversation;
    patch({ title, systemPrompt, ...(modelId === null ? {} : { modelId }) });
    if (get().turn.phase === "idle") takePage(page);
  }

  /** Goes on with an answer that was being written when the page was opened. */
  function resumeIfLive(): void {
    const { turn, messages } = get();
    if (turn.phase === "idle" && messages.at(-1)?.status === "streaming") void resume();
  }

  function restartReading(): AbortController {
    reading.abort();
    reading = new AbortController();
    return reading;
  }

  /** Ends a wait between two tries: the network is back, or somebody asked. */
  function wake(): void {
    waking.abort();
    waking = new AbortController();
  }

  return {
    /** Stays the same while the page shows this conversation. */
    key: initial.id,
    get,
    subscribe: store.subscribe,
    patch,
    draftKey,
    send,
    retryUnsent,
    takeBack,
    regenerate,
    stop,
    loadOlder,
    refresh,
    absorb,
    resumeIfLive,
    wake,
  };
}

function userMessage(id: string, parentId: string | null, text: string, nowMs: number): Message {
  return {
    id,
    parentId,
    role: "user",
    parts: [{ type: "text", text }],
    status: "complete",
    errorCode: null,
    errorDetails: null,
    siblingIds: [id],
    model: null,
    context: "auto",
    createdAt: new Date(nowMs).toISOString(),
  };
}
