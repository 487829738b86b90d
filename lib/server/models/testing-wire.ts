import "server-only";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { isObject, parseJson, type Json } from "@/lib/domain/chat-completions/json";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import type { ResolvedModel } from "../db/aliases";
import { AttemptRecord } from "./attempt-record";
import type { ModelEvent } from "./model-call";
import { readProviderStream } from "./read-provider-stream";
import type { TargetCall } from "./target-call";
import { testModel } from "./testing-calls";

type WireRequest = { path: string; headers: IncomingHttpHeaders; body: Json };
type WireAnswer = { status?: number; type?: string; body: string };

/** Events of a stream, as they go over the wire. */
export const events = (...data: (Json | "[DONE]")[]): WireAnswer => ({
  type: "text/event-stream",
  body: data
    .map((event) => `data: ${event === "[DONE]" ? event : JSON.stringify(event)}\n\n`)
    .join(""),
});

export const json = (body: Json, status = 200): WireAnswer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** A server that answers as a test says, and one request to it without the gate's policy. */
export function useWire() {
  let server: Server;
  const wire = {
    url: "",
    received: [] as WireRequest[],
    answer: (_request: WireRequest): WireAnswer => json({}),
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const body = parseJson(Buffer.concat(chunks).toString("utf8"));
        const asked: WireRequest = {
          path: request.url ?? "",
          headers: request.headers,
          body: isObject(body) ? body : {},
        };
        wire.received.push(asked);
        const answer = wire.answer(asked);
        response.writeHead(answer.status ?? 200, { "content-type": answer.type ?? "text/plain" });
        response.end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    wire.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    wire.received = [];
  });

  async function ask(
    modelName: string,
    given: Partial<Omit<TargetCall, "model">> & {
      model?: Partial<ResolvedModel>;
      provider?: Partial<ResolvedModel["provider"]>;
    } = {},
  ) {
    const { model, provider, ...rest } = given;
    const attempts: CallAttempt[] = [];
    const call: TargetCall = {
      actor: { userId: "user", role: "member" },
      purpose: { callId: "call", kind: "answer", conversationId: null, answerId: null },
      model: testModel(modelName, wire.url, { ...model, ...(provider ? { provider } : {}) }),
      key: null,
      parameters: {},
      prompt: [{ role: "user", text: "Hello" }],
      inputTokens: 7,
      outputRoom: null,
      timeouts: {
        connectMs: 5_000,
        headersMs: 5_000,
        firstTokenMs: 5_000,
        idleMs: 5_000,
        totalMs: 9_000,
      },
      onAttempt: (attempt) => attempts.push(attempt),
      signal: new AbortController().signal,
      ...rest,
    };
    const record = new AttemptRecord(call, 1);
    const read: ModelEvent[] = [];
    let error: unknown = null;
    try {
      for await (const event of readProviderStream(call, record)) read.push(event);
    } catch (thrown) {
      error = thrown;
    }
    record.close({ outcome: "answered" });
    return { events: read, error, attempt: attempts[0] };
  }

  return { wire, ask };
}
