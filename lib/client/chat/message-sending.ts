import type { Message } from "@/lib/contracts/messages";
import { isAbort } from "../api";
import type { AnswerReading } from "./answer-reading";
import type { Core } from "./conversation-core";
import { isBusy, textOf } from "./conversation-state";
import { isPassing, isWorthKeeping, toFailure, type Failure } from "./failure";
import type { TurnRequest } from "./transport";

/** Sends messages, again and again where needed, so that each arrives once. */
export function createMessageSending(core: Core, reading: AnswerReading) {
  const { get, patch, transport, drafts } = core;
  let lastRequest: TurnRequest | null = null;

  function send(text: string, modelId: string | null): void {
    const state = get();
    if (isBusy(state.turn) || text.trim() === "") return;
    const ids = sendingIds(text);
    drafts.writeUnsent(core.draftKey(), { ...ids, text });
    const parentId = state.messages.at(-1)?.id ?? null;
    const message = userMessage(ids.messageId, parentId, text, core.nowMs());
    patch({ id: ids.conversationId, messages: [...state.messages, message], notice: null });
    void submit({
      id: ids.conversationId,
      trigger: "submit-message",
      message: { id: message.id, role: "user", parts: [{ type: "text", text }] },
      parentId,
      ...(modelId === null ? {} : { model: modelId }),
      ...(state.isSaved || state.systemPrompt === null
        ? {}
        : { settings: { systemPrompt: state.systemPrompt } }),
    });
  }

  /** A message that was posted before goes out under its old ids, so that it arrives once. */
  function sendingIds(text: string) {
    const { id, isSaved } = get();
    const unsent = drafts.readUnsent(core.draftKey());
    if (unsent?.text === text && (!isSaved || unsent.conversationId === id)) {
      return { conversationId: unsent.conversationId, messageId: unsent.messageId };
    }
    return { conversationId: id, messageId: core.newId() };
  }

  /** Posts a message until the server has it, then follows the answer. */
  async function submit(request: TurnRequest): Promise<void> {
    lastRequest = request;
    const sinceMs = core.nowMs();
    for (let attempt = 1; ; attempt += 1) {
      const signal = core.restartReading();
      patch({ turn: { phase: "sending", sinceMs, replacesId: null } });
      const failure = await post(request, signal, sinceMs);
      if (failure === null || signal.aborted) return;
      if (!isPassing(failure)) {
        await giveUp(request, failure);
        return;
      }
      patch({ turn: { phase: "unsent", failure, isRetrying: true }, isStopping: false });
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
    if (failure.code === "answer_in_progress" && (await hasArrived(request))) {
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

  /** Whether the message is saved after all: an earlier try may have arrived unheard. */
  async function hasArrived(request: TurnRequest): Promise<boolean> {
    try {
      const page = await transport.readMessages(request.id, null);
      if (!page.messages.some(({ id }) => id === request.message?.id)) return false;
      core.takePage(page);
      core.markSaved(null);
      return true;
    } catch {
      return false;
    }
  }

  function returnText(failure: Failure | null): void {
    const unsentId = lastRequest?.message?.id;
    const { messages } = get();
    const unsent = messages.find(({ id }) => id === unsentId);
    patch({
      turn: { phase: "idle" },
      notice: failure,
      messages: messages.filter(({ id }) => id !== unsentId),
      returnedText: unsent === undefined ? null : textOf(unsent),
    });
  }

  function retryUnsent(): void {
    const { turn } = get();
    if (turn.phase !== "unsent") return;
    if (turn.isRetrying) core.wake();
    else if (lastRequest !== null) void submit(lastRequest);
  }

  /** Takes a message that is not saved back into the composer. */
  function takeBack(): void {
    if (get().turn.phase !== "unsent") return;
    returnText(null);
    core.wake();
  }

  async function regenerate(messageId: string, modelId: string | null): Promise<void> {
    const state = get();
    if (isBusy(state.turn)) return;
    const signal = core.restartReading();
    const sinceMs = core.nowMs();
    patch({ turn: { phase: "sending", sinceMs, replacesId: messageId }, notice: null });
    const request: TurnRequest = {
      id: state.id,
      trigger: "regenerate-message",
      messageId,
      ...(modelId === null ? {} : { model: modelId }),
    };
    const failure = await post(request, signal, sinceMs);
    if (failure === null || signal.aborted) return;
    patch({ turn: { phase: "idle" }, isStopping: false, notice: failure });
    // It may have arrived although its answer did not: the server knows.
    await reading.refresh();
  }

  return { send, retryUnsent, takeBack, regenerate };
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
    isEdited: false,
    createdAt: new Date(nowMs).toISOString(),
  };
}
