import { describe, expect, it, vi } from "vitest";
import { emptyCard } from "@/lib/contracts/cards";
import { events, json, useWire } from "./testing-wire";

const { wire, ask } = useWire();

const answer = events(
  { choices: [{ index: 0, delta: { content: "Hi" } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } },
  "[DONE]",
);
const ended = [
  { type: "text", delta: "Hi" },
  { type: "finish", reason: "stop" },
];
const refusal = (param: string, code = "unsupported_parameter") =>
  json(
    { error: { message: `'${param}' is not supported with this model.`, param, code, type: "x" } },
    400,
  );

let count = 0;
/** A model that no test has taught anything yet. */
const freshModel = () => ({ id: `model-${String((count += 1))}` });

describe("a request", () => {
  it("goes out in its provider's dialect: address, headers and body", async () => {
    wire.answer = () => answer;
    const { events: read } = await ask("our gpt", {
      key: { id: "k", key: "secret", owner: "instance" },
      parameters: { maxOutputTokens: 9, temperature: 0.1 },
      model: freshModel(),
      provider: { kind: "azure", baseUrl: wire.url, apiVersion: "2024-10-21" },
    });
    expect(read).toEqual(ended);
    const [request] = wire.received;
    expect(request?.path).toBe(
      "/openai/deployments/our%20gpt/chat/completions?api-version=2024-10-21",
    );
    expect(request?.headers).toMatchObject({
      "api-key": "secret",
      "content-type": "application/json",
    });
    expect(request?.headers).not.toHaveProperty("authorization");
    expect(request?.body).toEqual({
      model: "our gpt",
      messages: [{ role: "user", content: "Hello" }],
      max_completion_tokens: 9,
      temperature: 0.1,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("carries a bearer key elsewhere, and none where there is none", async () => {
    wire.answer = () => answer;
    await ask("m", { key: { id: "k", key: "secret", owner: "member" }, model: freshModel() });
    await ask("m", { model: freshModel() });
    expect(wire.received.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer secret",
      undefined,
    ]);
  });

  it("finds its way back where this code was loaded twice, as Next does", async () => {
    wire.answer = () => answer;
    await ask("m", { model: freshModel() });
    vi.resetModules();
    const { openProviderStream } = await import("./open-provider-stream");
    const stream = await openProviderStream(
      { url: `${wire.url}/chat/completions`, headers: {}, body: {}, candidates: 1, leftOut: [] },
      5_000,
      new AbortController().signal,
    );
    expect(await stream.deltas.next()).toEqual([{ type: "text", delta: "Hi" }]);
    expect(await stream.ending).toMatchObject({ finish: "stop" });
  });

  it("says which parameters it left out", async () => {
    wire.answer = () => answer;
    const { attempt } = await ask("deepseek-flash", {
      parameters: { seed: 1, topP: 0.5 },
      model: freshModel(),
      provider: { kind: "deepseek" },
    });
    expect(attempt?.leftOut).toEqual([{ name: "seed", reason: "not_taken" }]);
    expect(wire.received[0]?.body).toMatchObject({ top_p: 0.5 });
  });

  it("carries images as data, and reads them only for a model that may see", async () => {
    wire.answer = () => answer;
    let reads = 0;
    const readBytes = () => {
      reads += 1;
      return Promise.resolve(new Uint8Array([1, 2, 3]));
    };
    const prompt = [
      {
        role: "user" as const,
        text: "?",
        images: [{ mediaType: "image/png" as const, readBytes }],
      },
    ];
    await ask("m", { prompt, model: freshModel() });
    expect(wire.received[0]?.body["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AQID" } },
        ],
      },
    ]);
    await ask("m", {
      prompt,
      model: { ...freshModel(), card: { ...emptyCard, capabilities: { vision: "no" } } },
    });
    expect(reads).toBe(1);
    expect(wire.received[1]?.body["messages"]).toEqual([{ role: "user", content: "?" }]);
  });
});

describe("a request that is refused because of a field", () => {
  it("goes out again without what was refused, and stays so for later calls", async () => {
    wire.answer = ({ body }) => {
      if ("max_tokens" in body) return refusal("max_tokens");
      return "temperature" in body ? refusal("temperature", "unsupported_value") : answer;
    };
    const model = freshModel();
    const parameters = { temperature: 0.2, maxOutputTokens: 50, topP: 0.5 };
    const { events: read, attempt } = await ask("m", { parameters, model });
    expect(read).toEqual(ended);
    expect(wire.received).toHaveLength(3);
    expect(wire.received[2]?.body).toMatchObject({ max_completion_tokens: 50, top_p: 0.5 });
    expect(attempt?.leftOut).toEqual([{ name: "temperature", reason: "not_taken" }]);
    expect(attempt?.usage).toEqual({ inputTokens: 3, outputTokens: 1, source: "reported" });
    await ask("m", { parameters, model });
    expect(wire.received).toHaveLength(4);
  });

  it("goes out again without a value that is too high, which says nothing of later calls", async () => {
    wire.answer = ({ body }) =>
      Number(body["temperature"]) > 1
        ? json({ error: { message: "temperature must be between 0 and 1" } }, 400)
        : answer;
    const model = freshModel();
    const { events: read, attempt } = await ask("m", { parameters: { temperature: 1.5 }, model });
    expect(read).toEqual(ended);
    expect(attempt?.leftOut).toEqual([{ name: "temperature", reason: "not_taken" }]);
    await ask("m", { parameters: { temperature: 0.5 }, model });
    expect(wire.received.map(({ body }) => body["temperature"])).toEqual([1.5, undefined, 0.5]);
  });

  it("forgets what it has learned when the model's card changes", async () => {
    wire.answer = ({ body }) => ("seed" in body ? refusal("seed") : answer);
    const model = freshModel();
    await ask("m", { parameters: { seed: 1 }, model });
    expect(wire.received).toHaveLength(2);
    wire.answer = () => answer;
    const card = { ...emptyCard, parameters: { seed: "yes" as const } };
    await ask("m", { parameters: { seed: 1 }, model: { ...model, card } });
    expect(wire.received[2]?.body).toMatchObject({ seed: 1 });
  });

  it("works where usage in a stream is refused too", async () => {
    wire.answer = ({ body }) => ("stream_options" in body ? refusal("stream_options") : answer);
    const { events: read } = await ask("m", { model: freshModel() });
    expect(read).toEqual(ended);
  });

  it("is given up where the server refuses whatever it gets", async () => {
    const fields = ["temperature", "top_p", "seed", "stop", "max_tokens", "stream_options"];
    wire.answer = ({ body }) => refusal(fields.find((field) => field in body) ?? "model");
    const { events: read, error } = await ask("m", {
      parameters: { temperature: 0.2, topP: 0.3, seed: 1, stop: ["a"], maxOutputTokens: 5 },
      model: freshModel(),
    });
    expect(read).toEqual([]);
    expect(error).toMatchObject({ statusCode: 400 });
    expect(wire.received).toHaveLength(5);
  });

  it("is not sent again where the refusal is about something else, or no refusal", async () => {
    for (const given of [
      json({ error: { message: "maximum context length is 5", param: "messages" } }, 400),
      json({ error: { message: "Unsupported parameter: 'temperature'" } }, 500),
      json({ error: { message: "Unsupported parameter: 'temperature'" } }, 429),
    ]) {
      wire.received = [];
      wire.answer = () => given;
      await ask("m", { parameters: { temperature: 1 }, model: freshModel() });
      expect(wire.received).toHaveLength(1);
    }
  });
});

describe("several answers in one request", () => {
  const choice = (index: number, delta: object, finish: string | null = null) => ({
    choices: [{ index, delta, finish_reason: finish }],
  });

  it("come back apart, each with its thoughts and its own end", async () => {
    wire.answer = () =>
      events(
        choice(0, { content: "A" }),
        choice(1, { content: "<think>hm</think>B" }),
        choice(2, { reasoning_content: "so" }),
        choice(0, { content: "a" }, "stop"),
        choice(2, { content: "C" }),
        choice(1, {}, "length"),
        choice(2, {}, "stop"),
        { choices: [], usage: { prompt_tokens: 2, completion_tokens: 9 } },
        "[DONE]",
      );
    const { events: read, attempt } = await ask("m", { n: 3, model: freshModel() });
    const of = (candidate: number, type: string) =>
      read
        .filter((event) => event.type === type && "candidate" in event)
        .filter((event) => "candidate" in event && event.candidate === candidate)
        .map((event) => ("delta" in event ? event.delta : "reason" in event ? event.reason : ""))
        .join("");
    expect([0, 1, 2].map((one) => of(one, "text"))).toEqual(["Aa", "B", "C"]);
    expect([0, 1, 2].map((one) => of(one, "reasoning"))).toEqual(["", "hm", "so"]);
    expect([0, 1, 2].map((one) => of(one, "finish"))).toEqual(["stop", "length", "stop"]);
    expect(wire.received[0]?.body).toMatchObject({ n: 3 });
    expect(attempt?.usage).toEqual({ inputTokens: 2, outputTokens: 9, source: "reported" });
  });

  it("come out of one JSON document too", async () => {
    wire.answer = () =>
      json({
        choices: [
          { index: 0, message: { content: "A" }, finish_reason: "stop" },
          { index: 1, message: { content: "B" }, finish_reason: "content_filter" },
        ],
      });
    const { events: read } = await ask("m", { n: 2, model: freshModel() });
    expect(read).toEqual([
      { type: "text", delta: "A", candidate: 0 },
      { type: "text", delta: "B", candidate: 1 },
      { type: "finish", reason: "stop", candidate: 0 },
      { type: "finish", reason: "content-filter", candidate: 1 },
    ]);
  });

  it("that were complete stay so when the rest breaks off", async () => {
    wire.answer = () =>
      events(choice(0, { content: "A" }, "stop"), choice(1, { content: "B" }), {
        error: { message: "overloaded", code: 503 },
      });
    const { events: read, error } = await ask("m", { n: 2, model: freshModel() });
    expect(error).not.toBeNull();
    expect(read.filter(({ type }) => type === "finish")).toEqual([
      { type: "finish", reason: "stop", candidate: 0 },
    ]);
  });

  it("are one where the model is known to give no more", async () => {
    wire.answer = () => answer;
    const { events: read } = await ask("m", {
      n: 2,
      model: { ...freshModel(), card: { ...emptyCard, parameters: { n: "no" } } },
    });
    expect(read).toEqual(ended);
    expect(wire.received[0]?.body).not.toHaveProperty("n");
  });

  it("do not appear where nobody asked for them", async () => {
    wire.answer = () =>
      events(choice(1, { content: "B" }), choice(0, { content: "A" }, "stop"), "[DONE]");
    const { events: read } = await ask("m", { model: freshModel() });
    expect(read).toEqual([
      { type: "text", delta: "A" },
      { type: "finish", reason: "stop" },
    ]);
  });
});
