import { describe, expect, it } from "vitest";
import { readReply, type RawReply } from "./read-reply";

const raw = (text: string, status = 200): RawReply => ({
  status,
  headers: {},
  text,
  causeCodes: [],
  firstMs: 3,
  totalMs: 5,
});

const answer = (message: object, rest: object = {}) =>
  JSON.stringify({ choices: [{ index: 0, message, finish_reason: "stop" }], ...rest });

const stream = (...chunks: object[]) =>
  chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("") + "data: [DONE]\n\n";

const delta = (fields: object, finish: string | null = null, index = 0) => ({
  choices: [{ index, delta: fields, finish_reason: finish }],
});

describe("an answer", () => {
  it("is read from a document", () => {
    const usage = { prompt_tokens: 3, completion_tokens: "4" };
    expect(readReply(raw(answer({ content: "One." }, { usage })))).toMatchObject({
      isOk: true,
      form: "document",
      choices: [{ text: "One.", toolCalls: 0, finish: "stop" }],
      usage: { inputTokens: 3, outputTokens: 4 },
      reasoning: null,
    });
  });

  it("is read from a stream, each choice for itself", () => {
    const text = stream(
      { choices: [], prompt_filter_results: [] },
      delta({ role: "assistant", content: "" }),
      delta({ content: "O" }),
      delta({ content: "Two" }, "stop", 1),
      delta({ content: "ne" }, "length"),
    );
    expect(readReply(raw(text))).toMatchObject({
      form: "stream",
      choices: [
        { text: "One", finish: "length" },
        { text: "Two", finish: "stop" },
      ],
      usage: null,
    });
  });

  it.each([
    ["reasoning_content", answer({ content: "1", reasoning_content: "Hm." })],
    ["reasoning", stream(delta({ reasoning: "Hm." }), delta({ content: "1" }, "stop"))],
    ["think_tags", answer({ content: "<think>Hm.</think>\n\n1" })],
    [
      "none",
      answer(
        { content: "1" },
        { usage: { completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 8 } } },
      ),
    ],
  ])("shows its thoughts in %s, and apart from its text", (field, text) => {
    expect(readReply(raw(text))).toMatchObject({ reasoning: field, choices: [{ text: "1" }] });
  });

  it("that ran out of room while thinking was heeded all the same", () => {
    const error = { message: "max_tokens or model output limit was reached." };
    expect(readReply(raw(JSON.stringify({ error }), 400))).toMatchObject({
      isOk: true,
      choices: [{ finish: "length" }],
    });
  });
});

describe("a failure", () => {
  it.each([
    [400, '{"error":{"message":"Unsupported parameter: seed"}}', true],
    [422, '{"detail":"extra inputs are not permitted"}', true],
    [500, '{"error":"this model does not support images"}', true],
    [500, "<html>Internal Server Error</html>", false],
    [401, '{"error":"Unauthorized"}', false],
    [402, '{"error":{"message":"Insufficient Balance"}}', false],
    [400, '{"error":{"code":"content_filter"}}', false],
    [200, "<html>Sign in</html>", false],
    [200, "{}", false],
    [200, stream({ error: { message: "Overloaded" } }), false],
  ])("with %i and %s is a refusal: %s", (status, text, isRefused) => {
    expect(readReply(raw(text, status))).toMatchObject({ isOk: false, isRefused });
  });

  it("keeps figures, and no words, for showing", () => {
    const text = '{"error":{"message":"sk-SECRET: slow down, try again in 3s"}}';
    const { failure } = readReply(raw(text, 429));
    expect(failure).toMatchObject({ code: "provider_rate_limited", waitMs: 3_000 });
    expect(JSON.stringify(failure)).not.toContain("SECRET");
    expect(failure?.details).toEqual({ status: 429, retryAfterSeconds: 3 });
  });

  it("before anything came is the same for every kind of closed door", () => {
    const codes = ["ECONNREFUSED", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH"];
    for (const code of codes)
      expect(readReply({ ...raw(""), status: null, causeCodes: [code] })).toMatchObject({
        status: null,
        isRefused: false,
        failure: { code: "provider_unreachable", details: {} },
      });
  });
});
