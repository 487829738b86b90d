import { vi } from "vitest";
import type { AnswerChunk, AnswerMetadata } from "@/lib/contracts/chat";
import type { MessageStatus } from "@/lib/contracts/messages";
import { ApiError, type ClientErrorCode } from "../api";
import { createConversationStore } from "./conversation-store";
import { textOf, type ConversationState } from "./conversation-state";
import { createDrafts } from "./drafts";
import { testBranch } from "./testing-messages";
import type { Transport, TurnRequest } from "./transport";

export const metadata = (status: MessageStatus, parentId: string): AnswerMetadata => ({
  conversationId: "conversation-1",
  parentId,
  generationId: "generation-1",
  status,
  model: "Plain",
  title: "A title",
  errorCode: null,
  errorDetails: null,
});

/** An answer's stream; without an end it breaks off. */
export function answerStream(
  parentId: string,
  text: string,
  end?: MessageStatus,
  more: Partial<AnswerMetadata> = {},
) {
  const chunks: AnswerChunk[] = [
    { type: "start", messageId: "answer-1", messageMetadata: metadata("streaming", parentId) },
    { type: "text-delta", id: "1", delta: text },
  ];
  if (end !== undefined) {
    chunks.push({ type: "finish", messageMetadata: { ...metadata(end, parentId), ...more } });
  }
  const lines = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
  return new Response(lines).body ?? new ReadableStream();
}

export const refusal = (code: ClientErrorCode) => new ApiError(code, null, 0);

type Script = Partial<Record<keyof Transport, (() => unknown)[]>>;

/** A server that answers as scripted, one entry for each call; the last one goes on. */
function scripted(script: Script) {
  const calls: { name: string; given: unknown }[] = [];
  const play = (name: keyof Transport, given: unknown): Promise<never> => {
    calls.push({ name, given });
    const steps = script[name] ?? [];
    const step = steps.length > 1 ? steps.shift() : steps[0];
    if (step === undefined) return Promise.reject(new Error(`${name} was not expected`));
    return Promise.resolve().then(() => step() as never);
  };
  const transport: Transport = {
    postTurn: (request) => play("postTurn", request),
    followAnswer: (id, _signal, messageId) => play("followAnswer", messageId ?? id),
    readCandidates: (id) => play("readCandidates", id),
    stopAnswer: (_id, generationId) => play("stopAnswer", generationId),
    readMessages: (_id, place) => play("readMessages", place),
    findMessages: (_id, query) => play("findMessages", query),
    changeMessage: (id, patch) => play("changeMessage", { id, ...patch }),
    deleteMessage: (id) => play("deleteMessage", id),
    branchOff: (id) => play("branchOff", id),
    changeSettings: (id, change) => play("changeSettings", { id, ...change }),
    readSettings: (id) => play("readSettings", id),
  };
  return { transport, calls };
}

export function setUp(
  script: Script,
  state: Partial<ConversationState> = {},
  wait = () => Promise.resolve(),
) {
  const { transport, calls } = scripted(script);
  const kept = new Map<string, string>();
  const drafts = createDrafts(() => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }));
  let ids = 0;
  const page = { isHidden: false, listeners: new Set<() => void>() };
  const onTouched = vi.fn();
  const store = createConversationStore(
    {
      id: "conversation-1",
      isSaved: false,
      isLoaded: true,
      title: "",
      systemPrompt: null,
      modelId: null,
      parameters: null,
      contextPolicy: null,
      messages: [],
      before: null,
      after: null,
      tail: null,
      older: "idle",
      newer: "idle",
      turn: { phase: "idle" },
      isStopping: false,
      unsavedId: null,
      editing: [],
      choosing: null,
      held: null,
      isModelPickerOpen: false,
      compared: [],
      sideBySide: null,
      notice: null,
      returnedText: null,
      ...state,
    },
    {
      transport,
      drafts,
      onTouched,
      newId: () => `message-${String(++ids)}`,
      random: () => 0,
      nowMs: () => 0,
      wait,
      isHidden: () => page.isHidden,
      onHidden: (listener) => {
        page.listeners.add(listener);
        return () => page.listeners.delete(listener);
      },
    },
  );
  const hide = (isHidden: boolean) => {
    page.isHidden = isHidden;
    if (isHidden) for (const listener of page.listeners) listener();
  };
  return { store, calls, drafts, onTouched, hide };
}

export const saved = { isSaved: true, messages: testBranch("u1", "a1") };
export const settled = (store: { get: () => ConversationState }) =>
  vi.waitUntil(() => store.get().turn.phase === "idle");
export const texts = ({ messages }: ConversationState) =>
  messages.map((message) => textOf(message));
export const posts = (calls: { name: string; given: unknown }[]) =>
  calls.filter(({ name }) => name === "postTurn").map(({ given }) => given as TurnRequest);
