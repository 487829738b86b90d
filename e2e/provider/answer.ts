import type { ServerResponse } from "node:http";
import type { ChatRequest } from "./chat-request";
import { countTokens } from "./tokens";
import { countPrompt, readWindow } from "./window";

type Delta = { role?: "assistant"; content?: string | null; reasoning_content?: string };
export type FinishReason = "stop" | "length" | "content_filter";

/** One answer on the wire: chunks when a stream was asked for, one document otherwise. */
export class Answer {
  readonly #response: ServerResponse;
  readonly #request: ChatRequest;
  readonly #head: { id: string; created: number; model: string };
  #content = "";
  #reasoning = "";
  /** Whether it was this side that broke the connection. */
  isReset = false;

  constructor(response: ServerResponse, request: ChatRequest, id: string) {
    this.#response = response;
    this.#request = request;
    this.#head = { id, created: Math.floor(Date.now() / 1000), model: request.model };
  }

  get isStream(): boolean {
    return this.#request.stream === true;
  }

  get usage(): Record<string, unknown> {
    const { window } = readWindow(this.#request.model);
    const promptTokens =
      window === null
        ? countTokens(JSON.stringify(this.#request.messages))
        : countPrompt(this.#request, window);
    const completionTokens = countTokens(this.#content + this.#reasoning);
    return {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    };
  }

  /** Sends the response's headers, and the chunk that only names the role. */
  async start(): Promise<void> {
    if (!this.isStream || this.#response.headersSent) return;
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
    });
    this.#response.flushHeaders();
    await this.#writeDelta({ role: "assistant", content: "" });
  }

  async addText(text: string): Promise<void> {
    this.#content += text;
    if (!this.isStream) return;
    await this.start();
    await this.#writeDelta({ content: text });
  }

  async addReasoning(text: string): Promise<void> {
    this.#reasoning += text;
    if (!this.isStream) return;
    await this.start();
    await this.#writeDelta({ reasoning_content: text });
  }

  /** Ends the answer: finish reason, usage when it was asked for, `[DONE]`. */
  async finish(reason: FinishReason = "stop", usage = this.usage): Promise<void> {
    if (!this.isStream) {
      this.sendDocument(reason, usage);
      return;
    }
    await this.finishWithoutDone(reason, usage);
    await this.writeRaw("data: [DONE]\n\n");
    this.#response.end();
  }

  /** As `finish`, with neither the last line nor the end of the connection. */
  async finishWithoutDone(reason: FinishReason = "stop", usage = this.usage): Promise<void> {
    await this.start();
    await this.#writeDelta({}, reason);
    if (this.#request.stream_options?.include_usage === true) {
      await this.writeEvent({ ...this.#chunk, choices: [], usage });
    }
  }

  sendDocument(reason: FinishReason = "stop", usage = this.usage): void {
    const message = {
      role: "assistant",
      content: this.#content,
      ...(this.#reasoning === "" ? {} : { reasoning_content: this.#reasoning }),
    };
    this.sendJson(200, {
      ...this.#head,
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: reason, logprobs: null }],
      usage,
    });
  }

  /** Text of an answer that is not streamed, even where a stream was asked for. */
  sendAsDocument(text: string): void {
    this.#content = text;
    this.sendDocument();
  }

  sendJson(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.send(status, JSON.stringify(body), { "content-type": "application/json", ...headers });
  }

  send(status: number, body: string, headers: Record<string, string>): void {
    this.#response.writeHead(status, headers);
    this.#response.end(body);
  }

  async writeEvent(value: unknown): Promise<void> {
    await this.writeRaw(`data: ${JSON.stringify(value)}\n\n`);
  }

  /** Bytes as they are; waits while the other side does not read. */
  async writeRaw(bytes: string | Uint8Array): Promise<void> {
    const response = this.#response;
    if (response.destroyed || response.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        response.off("drain", goOn).off("close", goOn);
        resolve();
      };
      response.on("drain", goOn).on("close", goOn);
    });
  }

  /** Ends the connection in good order, in the middle of the answer. */
  endEarly(): void {
    this.#response.end();
  }

  /** Ends the connection by RST. */
  resetConnection(): void {
    this.isReset = true;
    this.#response.socket?.resetAndDestroy();
  }

  /** The chunk of a text, as bytes: for scenarios that cut it in odd places. */
  encodeText(text: string): Uint8Array {
    this.#content += text;
    const choice = { index: 0, delta: { content: text }, finish_reason: null };
    return Buffer.from(`data: ${JSON.stringify({ ...this.#chunk, choices: [choice] })}\n\n`);
  }

  get #chunk() {
    return { ...this.#head, object: "chat.completion.chunk" };
  }

  async #writeDelta(delta: Delta, reason: FinishReason | null = null): Promise<void> {
    const choice = { index: 0, delta, finish_reason: reason, logprobs: null };
    await this.writeEvent({ ...this.#chunk, choices: [choice] });
  }
}
