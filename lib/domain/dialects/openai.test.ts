import { describe, expect, it } from "vitest";
import { findDialect } from "./dialect";
import { chunk, codeOf, readDocument, readStream, shape } from "./testing-dialect";

const all = {
  temperature: 0.4,
  topP: 0.9,
  maxOutputTokens: 500,
  frequencyPenalty: 0.2,
  presencePenalty: 0.1,
  stop: ["END"],
  seed: 7,
};

describe("OpenAI", () => {
  it("is called with a bearer key at its base URL", () => {
    const { makeChatUrl, makeModelsUrl, makeHeaders } = findDialect("openai");
    const at = { baseUrl: "https://api.openai.com/v1", apiVersion: null };
    expect(makeChatUrl({ ...at, modelName: "gpt-4o" })).toBe(
      "https://api.openai.com/v1/chat/completions",
    );
    expect(makeModelsUrl(at)).toBe("https://api.openai.com/v1/models");
    expect(makeHeaders("sk-1")).toEqual({ authorization: "Bearer sk-1" });
    expect(makeHeaders(null)).toEqual({});
  });

  it("takes everything with a model that answers at once", () => {
    const { body, leftOut } = shape("openai", "gpt-4o", all, {
      n: 3,
      messages: [
        { role: "system", text: "Be brief." },
        { role: "user", text: "Hello" },
      ],
    });
    expect(body).toEqual({
      model: "gpt-4o",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hello" },
      ],
      max_completion_tokens: 500,
      temperature: 0.4,
      top_p: 0.9,
      frequency_penalty: 0.2,
      presence_penalty: 0.1,
      seed: 7,
      stop: ["END"],
      n: 3,
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(leftOut).toEqual([]);
  });

  it("is not asked for usage in a stream where there is no stream", () => {
    const { body } = shape("openai", "gpt-4o", {}, { isStream: false });
    expect(body).toEqual({ model: "gpt-4o", messages: [{ role: "user", content: "Hello" }] });
  });

  it.each(["gpt-5", "gpt-5-mini", "o3", "o4-mini-2025-04-16", "gpt-5.5", "gpt-6-sol"])(
    "leaves out what its reasoning models set themselves: %s",
    (model) => {
      const { body, leftOut } = shape("openai", model, { ...all, reasoningEffort: "high" });
      expect(Object.keys(body)).toEqual(
        expect.arrayContaining(["max_completion_tokens", "reasoning_effort"]),
      );
      for (const field of [
        "temperature",
        "top_p",
        "frequency_penalty",
        "presence_penalty",
        "stop",
        "max_tokens",
      ])
        expect(body).not.toHaveProperty(field);
      expect(leftOut).toContainEqual({ name: "temperature", reason: "fixed_by_model" });
      expect(leftOut).toContainEqual({ name: "stop", reason: "not_taken" });
    },
  );

  it("lets the sampling be set while a model with optional thoughts does not think", () => {
    expect(shape("openai", "gpt-5.1", { temperature: 0.3 }).body).toMatchObject({
      temperature: 0.3,
    });
    expect(
      shape("openai", "gpt-5.2", { temperature: 0.3, reasoningEffort: "none" }).body,
    ).toMatchObject({ temperature: 0.3, reasoning_effort: "none" });
    const { body, leftOut } = shape("openai", "gpt-5.2", {
      temperature: 0.3,
      reasoningEffort: "high",
    });
    expect(body).not.toHaveProperty("temperature");
    expect(leftOut).toEqual([{ name: "temperature", reason: "fixed_by_model" }]);
  });

  it("gets the nearest effort that a model has, and says so", () => {
    const { body, leftOut } = shape("openai", "o3", { reasoningEffort: "minimal" });
    expect(body["reasoning_effort"]).toBe("low");
    expect(leftOut).toEqual([{ name: "reasoningEffort", reason: "only_some_values" }]);
    expect(shape("openai", "gpt-4o", { reasoningEffort: "high" })).toMatchObject({
      leftOut: [{ name: "reasoningEffort", reason: "not_taken" }],
    });
    expect(shape("openai", "gpt-4o", { reasoningEffort: "none" }).leftOut).toEqual([]);
  });

  it("is asked for no more than a model can write", () => {
    const { body, leftOut } = shape(
      "openai",
      "gpt-4o",
      { maxOutputTokens: 100_000 },
      { maxOutputTokens: 16_384 },
    );
    expect(body["max_completion_tokens"]).toBe(16_384);
    expect(leftOut).toEqual([{ name: "maxOutputTokens", reason: "only_some_values" }]);
  });

  it("is asked for JSON by a schema, or without one in a prompt that speaks of it", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    expect(
      shape("openai", "gpt-4o", { responseFormat: { type: "json_schema", name: "x", schema } })
        .body["response_format"],
    ).toEqual({ type: "json_schema", json_schema: { name: "x", schema } });
    const { body } = shape("openai", "gpt-4o", { responseFormat: { type: "json" } });
    expect(body["response_format"]).toEqual({ type: "json_object" });
    expect(JSON.stringify(body["messages"])).toMatch(/JSON/);
    expect(shape("openai", "gpt-4o", { responseFormat: { type: "text" } }).body).not.toHaveProperty(
      "response_format",
    );
  });

  it("gets images as data, and text alone as plain text", () => {
    const image = "data:image/png;base64,AAAA";
    const messages = [{ role: "user" as const, text: "What is this?", images: [image] }];
    expect(shape("openai", "gpt-4o", {}, { messages }).body["messages"]).toEqual([
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: image } },
        ],
      },
    ]);
    expect(shape("openai", "gpt-3.5-turbo", {}, { messages }).body["messages"]).toEqual([
      { role: "user", content: "What is this?" },
    ]);
  });

  it("is read: a stream with usage at its end, a refusal, a document", () => {
    expect(
      readStream(
        chunk({ role: "assistant", content: "", refusal: null }),
        chunk({ content: "Hi" }, { usage: null, obfuscation: "x9" }),
        chunk({}, {}, "stop"),
        { choices: [], usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 } },
        "[DONE]",
      ),
    ).toMatchObject({
      text: "Hi",
      finish: "stop",
      usage: { inputTokens: 9, outputTokens: 1 },
      error: null,
    });
    expect(readStream(chunk({ refusal: "I can't." }), chunk({}, {}, "stop"), "[DONE]").text).toBe(
      "I can't.",
    );
    expect(
      readDocument({
        choices: [
          {
            index: 0,
            message: { role: "assistant", content: "Whole", tool_calls: [] },
            finish_reason: "length",
          },
        ],
        usage: { prompt_tokens: 3, completion_tokens: 2 },
      }),
    ).toMatchObject({ text: "Whole", finish: "length", usage: { inputTokens: 3 } });
  });

  it("is read: calls of tools with arguments as text, as an object or empty", () => {
    for (const args of ['{"a":1}', { a: 1 }, "", null]) {
      const call = {
        index: 0,
        id: "t1",
        type: "function",
        function: { name: "f", arguments: args },
      };
      expect(readStream(chunk({ tool_calls: [call] }), chunk({}, {}, "stop"))).toMatchObject({
        finish: "tool_calls",
        error: null,
      });
    }
  });

  it("is read: its errors", () => {
    const error = (code: string | null, message: string, type = "invalid_request_error") => ({
      error: { message, type, param: null, code },
    });
    expect(codeOf(401, error("invalid_api_key", "Incorrect API key provided: sk-1"))).toBe(
      "provider_key_refused",
    );
    expect(codeOf(429, error("insufficient_quota", "You exceeded your quota"))).toBe(
      "provider_out_of_credit",
    );
    expect(codeOf(404, error("model_not_found", "The model does not exist"))).toBe(
      "provider_model_missing",
    );
    expect(codeOf(400, error("context_length_exceeded", "maximum context length is 10"))).toBe(
      "context_too_long",
    );
  });
});
