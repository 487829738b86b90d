import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Message } from "@/lib/contracts/messages";
import { AnswerReader } from "../fixtures/answer-reader";
import type { ApiClient } from "../fixtures/api-client";
import type { App } from "../fixtures/app";
import { readMessagesOf } from "../fixtures/conversation";
import type { ReceivedRequest } from "../provider/received";
import type { Scenario } from "../provider/scenario";
import type { Evidence, SentMessage } from "./invariants";
import type { RunQuery } from "./rows";
import { plain } from "./scripts";

export type TurnRequest = {
  messageId?: string;
  parentId?: string | null;
  model?: string;
  /** Where it is sent, when not at the talk's own instance. */
  api?: ApiClient;
  signal?: AbortSignal;
};

const pollMs = 50;

const knownMarkers = new WeakMap<ReceivedRequest, string[]>();

/** The talks that a request is about: one, unless something went very wrong. */
function readMarkers(request: ReceivedRequest): string[] {
  const known = knownMarkers.get(request);
  if (known !== undefined) return known;
  const found = [...JSON.stringify(request.body).matchAll(/canary-[0-9a-f]{12}/g)];
  const markers = [...new Set(found.map(([marker]) => marker))];
  knownMarkers.set(request, markers);
  return markers;
}

/** One conversation under test. It notes what was typed and shown, for the checker. */
export class Talk {
  id: string = randomUUID();
  /** In every message: names the talk at the provider, and must not be found in a log. */
  readonly marker = `canary-${randomBytes(6).toString("hex")}`;
  readonly sent: SentMessage[] = [];
  readonly readers: AnswerReader[] = [];
  /** Tries that the provider does not see; see Evidence. */
  unseenCalls = 0;
  wasKilled = false;
  /** Whether the next message must work; false for a conversation that is gone. */
  goesOn = true;
  readonly #app: App;
  readonly api: ApiClient;
  readonly #model: string;

  constructor(app: App, api: ApiClient, model = "plain") {
    this.#app = app;
    this.api = api;
    this.#model = model;
  }

  /** What the provider answers from now on in this talk. */
  play(scenario: Scenario): void {
    this.#app.provider.script(this.marker, scenario);
  }

  /** The provider's book: every request about this talk. */
  get calls(): ReceivedRequest[] {
    return this.#app.provider
      .requests()
      .filter((request) => readMarkers(request).includes(this.marker));
  }

  /** Sends a message and follows its answer. @throws unless it is taken. */
  async send(text = "Tell me.", request: TurnRequest = {}): Promise<AnswerReader> {
    return this.#follow(await this.post(text, request));
  }

  /** Sends a message; a repeated `messageId` is the same message. */
  async post(text = "Tell me.", request: TurnRequest = {}): Promise<Response> {
    const { messageId = randomUUID(), model = this.#model, api = this.api, parentId } = request;
    const whole = `${this.marker} ${text}`;
    const message = this.sent.find(({ id }) => id === messageId) ?? {
      id: messageId,
      text: whole,
      isAcknowledged: false,
      answersAsked: 1,
    };
    if (!this.sent.includes(message)) this.sent.push(message);
    const response = await this.#postChat(
      api,
      {
        message: { id: messageId, role: "user", parts: [{ type: "text", text: whole }] },
        model: this.#app.modelId(model),
        ...(parentId === undefined ? {} : { parentId }),
      },
      request.signal,
    );
    if (response.ok) message.isAcknowledged = true;
    return response;
  }

  /** Posts again and again, as a browser does, until the server takes it. */
  async sendUntilTaken(text: string, request: TurnRequest = {}, withinMs = 30_000) {
    const { messageId = randomUUID(), ...rest } = request;
    const deadline = performance.now() + withinMs;
    for (;;) {
      const response = await this.post(text, { messageId, ...rest }).catch(() => null);
      if (response?.ok === true) return this.#follow(response);
      await response?.body?.cancel();
      if (performance.now() > deadline)
        throw new Error(`Not taken: ${String(response?.status ?? "no answer")}`);
      await sleep(4 * pollMs);
    }
  }

  follow(response: Response): AnswerReader {
    return this.#follow(response);
  }

  async regenerate(messageId: string, api = this.api): Promise<AnswerReader> {
    const response = await this.repost("regenerate-message", messageId, api);
    const reader = this.#follow(response);
    await reader.waitUntil(({ metadata }) => metadata !== null);
    const question = this.sent.find(({ id }) => id === reader.metadata?.parentId);
    if (question !== undefined) question.answersAsked += 1;
    return reader;
  }

  async goOn(messageId: string, api = this.api): Promise<AnswerReader> {
    return this.#follow(await this.repost("continue-message", messageId, api));
  }

  /** A turn without a new message, as a response. */
  repost(
    trigger: "regenerate-message" | "continue-message",
    messageId: string,
    api = this.api,
  ): Promise<Response> {
    const model = this.#app.modelId(this.#model);
    return this.#postChat(api, { trigger, messageId, model });
  }

  /** One more reader of what is live; null when nothing is. */
  async resume(api = this.api): Promise<AnswerReader | null> {
    const response = await api.request("GET", `/api/chat/${this.id}/stream`);
    return response.status === 204 ? null : this.#follow(response);
  }

  async stop(generationId?: string, api = this.api): Promise<void> {
    const query = generationId === undefined ? "" : `?generationId=${generationId}`;
    await api.send("POST", `/api/chat/${this.id}/stop${query}`);
  }

  messages(api = this.api): Promise<Message[]> {
    return readMessagesOf(api, this.id);
  }

  /** The newest answer of the active branch once it has come to rest. */
  async settled(withinMs = 20_000): Promise<Message> {
    const deadline = performance.now() + withinMs;
    let last: Message | undefined;
    while (performance.now() < deadline) {
      last = (await this.messages().catch(() => [])).at(-1);
      if (last?.role === "assistant" && last.status !== "streaming") return last;
      await sleep(pollMs);
    }
    throw new Error(`No rest: ${JSON.stringify([last]).slice(0, 300)}`);
  }

  /** Learns what was sent by other hands than this class's own. */
  adopt(_query: RunQuery | null): Promise<void> {
    return Promise.resolve();
  }

  /** The fault is over: the next message must be answered, without further ado. */
  async checkNextTurn(): Promise<string | null> {
    this.play(plain);
    const reader = await this.sendUntilTaken("And now?", { model: "plain" }, 25_000);
    await reader.waitForEnd();
    // A question that had no answer goes along with it, in one message.
    const isToTheNewest =
      reader.text.startsWith("You said: ") && reader.text.endsWith(`${this.marker} And now?`);
    const isRight = isToTheNewest && reader.metadata?.status === "complete";
    return isRight ? null : `${JSON.stringify(reader.metadata)} ${reader.text.slice(0, 100)}`;
  }

  evidence(): Evidence {
    return {
      conversationId: this.id,
      sent: this.sent,
      shown: this.readers.flatMap(({ messageId, text }) =>
        messageId === null ? [] : [{ messageId, text }],
      ),
      callCount: this.calls.length,
      unseenCalls: this.unseenCalls,
      wasKilled: this.wasKilled,
    };
  }

  #postChat(api: ApiClient, turn: object, signal?: AbortSignal): Promise<Response> {
    return api.fetch("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: this.id, ...turn }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #follow(response: Response): AnswerReader {
    const reader = new AnswerReader(response);
    this.readers.push(reader);
    return reader;
  }
}
