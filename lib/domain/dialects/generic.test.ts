import { describe, expect, it } from "vitest";
import { readStream, shape } from "./testing-dialect";

describe("an OpenAI-style provider of which nothing is known", () => {
  it("gets all that was asked for, in its plainest form", () => {
    expect(
      shape(
        "openai-compatible",
        "anything",
        {
          temperature: 0.2,
          topP: 0.6,
          frequencyPenalty: 0.2,
          presencePenalty: 0.1,
          maxOutputTokens: 10,
          stop: ["a"],
          seed: 1,
          reasoningEffort: "xhigh",
          responseFormat: { type: "json" },
        },
        { n: 2 },
      ),
    ).toEqual({
      body: {
        model: "anything",
        messages: [{ role: "user", content: "Hello" }],
        max_tokens: 10,
        temperature: 0.2,
        top_p: 0.6,
        frequency_penalty: 0.2,
        presence_penalty: 0.1,
        seed: 1,
        stop: ["a"],
        n: 2,
        reasoning_effort: "xhigh",
        response_format: { type: "json_object" },
        stream: true,
        stream_options: { include_usage: true },
      },
      leftOut: [],
    });
  });

  it("gets no instructions of their own where it takes none", () => {
    const messages = [
      { role: "system" as const, text: "Be brief." },
      { role: "user" as const, text: "Hello" },
    ];
    const sent = (systemRole: "developer" | "none") =>
      shape("openai-compatible", "m", {}, { messages, card: { systemRole } }).body["messages"];
    expect(sent("developer")).toEqual([
      { role: "developer", content: "Be brief." },
      { role: "user", content: "Hello" },
    ]);
    expect(sent("none")).toEqual([{ role: "user", content: "Be brief.\n\nHello" }]);
  });

  it("is read, whatever stray fields it sends", () => {
    expect(
      readStream(
        { id: 7, object: null, provider: "x", choices: [{ delta: { content: "a", foo: {} } }] },
        { choices: [{ index: 0, delta: { content: [{ type: "text", text: "b" }] }, bar: 1 }] },
        { choices: [{ index: 0, delta: {}, finish_reason: "eos" }], usage: { prompt_tokens: "4" } },
      ),
    ).toMatchObject({ text: "ab", finish: "stop", usage: { inputTokens: 4 } });
  });
});
