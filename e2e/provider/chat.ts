import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { Answer } from "./answer";
import { lastUserText, parseChatRequest, type ChatRequest } from "./chat-request";
import { makeErrorBody } from "./error-body";
import { readPlace, type ReceivedRequest } from "./received";
import type { Scenario } from "./scenario";
import { findScenario } from "./scenarios/find";
import { findOverflow, refuseInOpenAiWords } from "./window";

type Recorded = { received: ReceivedRequest; attempt: number };

/** A scenario, and how often it was asked where that is not counted by its model. */
type Part = { scenario: Scenario; attempt: number | null };

/** What the server remembers between calls. */
export class ProviderState {
  requests: ReceivedRequest[] = [];
  readonly #scripts = new Map<string, { scenario: Scenario; attempts: number }>();
  #attempts = new Map<string, number>();
  #waiting: (() => void)[] = [];
  #releases = 0;
  #count = 0;

  record(request: ChatRequest, incoming: IncomingMessage, isKeyRight = true): Recorded {
    this.#count += 1;
    const attempt = (this.#attempts.get(request.model) ?? 0) + 1;
    this.#attempts.set(request.model, attempt);
    const received: ReceivedRequest = {
      id: `chatcmpl-${String(this.#count)}`,
      model: request.model,
      body: request,
      ...readPlace(incoming),
      isKeyRight,
      startedMs: Math.round(performance.now()),
      isTooLong: false,
      isClosedByClient: false,
      closedMs: null,
    };
    this.requests.push(received);
    return { received, attempt };
  }

  /** From now on, `scenario` answers every request in whose messages `key` occurs. */
  script(key: string, scenario: Scenario): void {
    this.#scripts.set(key, { scenario, attempts: 0 });
  }

  /** The script whose key a request holds, or null. */
  findScript(request: ChatRequest): Part | null {
    if (this.#scripts.size === 0) return null;
    const text = JSON.stringify(request.messages);
    for (const [key, script] of this.#scripts) {
      if (!text.includes(key)) continue;
      script.attempts += 1;
      return { scenario: script.scenario, attempt: script.attempts };
    }
    return null;
  }

  /** What answers a request: a script whose key it holds, else the scenario of its model. */
  findPart(request: ChatRequest): Part | null {
    const script = this.findScript(request);
    if (script !== null) return script;
    const scenario = findScenario(request.model);
    return scenario === null ? null : { scenario, attempt: null };
  }

  waitForRelease(): Promise<void> {
    if (this.#releases > 0) {
      this.#releases -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#releases += 1;
    else next();
  }

  reset(): void {
    this.requests = [];
    this.#attempts.clear();
    this.#scripts.clear();
    this.#releases = 0;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Answers one call of `/v1/chat/completions` as the scenario of its model says. */
export async function answerChat(
  incoming: IncomingMessage,
  response: ServerResponse,
  state: ProviderState,
): Promise<void> {
  const parsed = parseChatRequest(await text(incoming));
  if ("complaint" in parsed) {
    sendError(response, 400, parsed.complaint, null, parsed.param);
    return;
  }
  const { request } = parsed;
  const recorded = state.record(request, incoming);
  const overflow = findOverflow(request);
  if (overflow !== null) {
    noteRefusal(response, recorded.received);
    sendJson(response, 400, refuseInOpenAiWords(overflow));
    return;
  }
  const part = state.findPart(request);
  if (part === null) {
    noteClose(response, recorded.received, null);
    const message = `The model \`${request.model}\` does not exist or you do not have access to it.`;
    sendError(response, 404, message, "model_not_found", null);
    return;
  }
  await playScenario(part, request, response, state, recorded);
}

/** Answers one call as a scenario has it. */
export async function playScenario(
  part: Part,
  request: ChatRequest,
  response: ServerResponse,
  state: ProviderState,
  { received, attempt }: Recorded,
): Promise<void> {
  const answer = new Answer(response, request, received.id);
  const closed = noteClose(response, received, answer);
  const { signal } = closed;
  await part.scenario({
    request,
    userText: lastUserText(request),
    answer,
    attempt: part.attempt ?? attempt,
    isClosed: () => signal.aborted,
    wait: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    waitForClose: () => closed.promise,
    waitForRelease: () => Promise.race([state.waitForRelease(), closed.promise]),
  });
}

/** Notes in the record when a response was closed, and by whom. */
export function noteClose(
  response: ServerResponse,
  received: ReceivedRequest,
  answer: Answer | null,
) {
  const controller = new AbortController();
  const promise = new Promise<void>((resolve) => {
    response.once("close", () => {
      received.isClosedByClient = !response.writableFinished && answer?.isReset !== true;
      received.closedMs = Math.round(performance.now());
      controller.abort();
      resolve();
    });
  });
  return { promise, signal: controller.signal };
}

/** Notes that a request was refused as too long. */
export function noteRefusal(response: ServerResponse, received: ReceivedRequest): void {
  received.isTooLong = true;
  noteClose(response, received, null);
}

function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  code: string | null,
  param: string | null,
): void {
  sendJson(response, status, makeErrorBody(message, "invalid_request_error", code, param));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
