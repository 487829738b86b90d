import type { Conversation, ConversationSummary } from "@/lib/contracts/conversations";
import type {
  Candidates,
  FoundMessages,
  Message,
  MessagePatch,
  MessagesPage,
} from "@/lib/contracts/messages";
import type { ContextPolicy } from "@/lib/contracts/context";
import type { Parameters } from "@/lib/contracts/parameters";
import { ApiError, callApi, fetchApi } from "../api";
import { inOrder } from "../in-order";
import { shape } from "../shape";

/** What POST /api/chat takes: the new message only, never the history. */
export type TurnRequest = {
  id: string;
  message?: { id: string; role: "user"; parts: Message["parts"] };
  parentId?: string | null;
  trigger: "submit-message" | "regenerate-message" | "continue-message";
  messageId?: string;
  model?: string;
  compare?: readonly string[];
  settings?: {
    systemPrompt?: string | null;
    parameters?: Parameters | null;
    contextPolicy?: ContextPolicy | null;
  };
};

/** What is kept with a conversation beside its messages. */
export type ConversationSettings = Pick<
  Conversation,
  "systemPrompt" | "modelId" | "parameters" | "contextPolicy"
>;
export type SettingsPatch = Partial<ConversationSettings>;

type AnswerStream = ReadableStream<Uint8Array>;

/** Where in the active branch a page lies; null for its end. */
export type PagePlace = { before: string } | { after: string } | { around: string } | null;

/** The server, as a conversation needs it. */
export type Transport = {
  /** @throws ApiError when the server did not take the turn. */
  postTurn: (request: TurnRequest, signal: AbortSignal) => Promise<AnswerStream>;
  /** A live answer from its start: this message's, or the first; null without one. @throws ApiError */
  followAnswer: (
    conversationId: string,
    signal: AbortSignal,
    messageId?: string,
  ) => Promise<AnswerStream | null>;
  /** The answers that were asked for together with one. @throws ApiError */
  readCandidates: (messageId: string) => Promise<Candidates>;
  /** Ends this generation, or whichever is live. @throws ApiError */
  stopAnswer: (conversationId: string, generationId: string | null) => Promise<void>;
  /** @throws ApiError */
  readMessages: (conversationId: string, place: PagePlace) => Promise<MessagesPage>;
  /** Where a text occurs on the active branch. @throws ApiError */
  findMessages: (
    conversationId: string,
    query: string,
    signal: AbortSignal,
  ) => Promise<FoundMessages>;
  /** @throws ApiError */
  changeMessage: (messageId: string, patch: MessagePatch) => Promise<Message>;
  /** Deletes it with everything after it. @throws ApiError */
  deleteMessage: (messageId: string) => Promise<void>;
  /** Makes a conversation of the branch up to this message. @throws ApiError */
  branchOff: (messageId: string) => Promise<ConversationSummary>;
  /** @throws ApiError */
  changeSettings: (conversationId: string, patch: SettingsPatch) => Promise<void>;
  /** @throws ApiError */
  readSettings: (conversationId: string) => Promise<ConversationSettings>;
};

const pageSize = 30;

const pageShape = shape<MessagesPage>({
  messages: "list",
  before: "text or null",
  after: "text or null",
});
const foundShape = shape<FoundMessages>({ matches: "list", isCut: "yes or no" });
const candidatesShape = shape<Candidates>({ candidates: "list" });
const messageShape = shape<Message>({ id: "string", parts: "list", siblingIds: "list" });
const settingsShape = shape<Conversation>({ id: "string", modelId: "text or null" });
const summaryShape = shape<ConversationSummary>({ id: "string", title: "string" });

const keptAliveCharacters = 10_000;

/** Several times what the server takes to end an answer. */
const stopWithinMs = 10_000;

const conversationPath = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;
const chatPath = (id: string) => `/api/chat/${encodeURIComponent(id)}`;
const messagePath = (id: string) => `/api/messages/${encodeURIComponent(id)}`;

export const httpTransport: Transport = {
  async postTurn(request, signal) {
    const response = await fetchStream("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal,
    });
    if (response === null) throw new ApiError("internal", null, 204);
    return response;
  },

  followAnswer(conversationId, signal, messageId) {
    const query = messageId === undefined ? "" : `?messageId=${encodeURIComponent(messageId)}`;
    return fetchStream(`${chatPath(conversationId)}/stream${query}`, { signal });
  },

  readCandidates: (messageId) =>
    callApi("GET", `${messagePath(messageId)}/candidates`, { schema: candidatesShape }),

  stopAnswer(conversationId, generationId) {
    const query = generationId === null ? "" : `?generationId=${encodeURIComponent(generationId)}`;
    // Where the network swallows it, somebody waits for an end that nobody was told of.
    const signal = AbortSignal.timeout(stopWithinMs);
    return callApi("POST", `${chatPath(conversationId)}/stop${query}`, { signal });
  },

  readMessages(conversationId, place) {
    const query = new URLSearchParams({ limit: String(pageSize), ...place });
    return callApi("GET", `${conversationPath(conversationId)}/messages?${query.toString()}`, {
      schema: pageShape,
    });
  },

  findMessages(conversationId, query, signal) {
    const path = `${conversationPath(conversationId)}/find?${new URLSearchParams({ query }).toString()}`;
    return callApi("GET", path, { schema: foundShape, signal });
  },

  changeMessage: (messageId, patch) =>
    callApi("PATCH", messagePath(messageId), { body: patch, schema: messageShape }),

  deleteMessage: (messageId) => callApi("DELETE", messagePath(messageId)),

  branchOff: (messageId) =>
    callApi("POST", `${messagePath(messageId)}/branch`, { schema: summaryShape }),

  // After what was asked of the conversation before, such as a rename.
  changeSettings: (conversationId, patch) =>
    inOrder(conversationId, () =>
      callApi("PATCH", conversationPath(conversationId), {
        body: patch,
        // A change right before the page is left still counts; browsers allow that small bodies.
        isKeptAlive: JSON.stringify(patch).length < keptAliveCharacters,
      }),
    ),

  readSettings: (conversationId) =>
    callApi("GET", conversationPath(conversationId), { schema: settingsShape }),
};

async function fetchStream(path: string, init: RequestInit): Promise<AnswerStream | null> {
  const response = await fetchApi(path, init);
  return response.status === 204 ? null : response.body;
}
