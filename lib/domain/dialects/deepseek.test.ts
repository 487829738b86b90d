import { describe, expect, it } from "vitest";
import { findDialect } from "./dialect";
import { chunk, codeOf, readStream, shape } from "./testing-dialect";

describe("DeepSeek", () => {
  it("is called without a version in its address", () => {
    expect(
      findDialect("deepseek").makeChatUrl({
        baseUrl: "https://api.deepseek.com",
        apiVersion: null,
        modelName: "deepseek-flash",
      }),
    ).toBe("https://api.deepseek.com/chat/completions");
  });

  it("is told with a switch and a step how much to think", () => {
    const asked = (
      effort: "none" | "low" | "medium" | "high" | "xhigh",
      model = "deepseek-flash",
    ) => shape("deepseek", model, { reasoningEffort: effort });
    expect(asked("none").body).toMatchObject({ thinking: { type: "disabled" } });
    expect(asked("none").body).not.toHaveProperty("reasoning_effort");
    expect(asked("low").body).toMatchObject({
      thinking: { type: "enabled" },
      reasoning_effort: "low",
    });
    expect(asked("xhigh")).toMatchObject({ body: { reasoning_effort: "max" }, leftOut: [] });
    expect(asked("medium")).toMatchObject({
      body: { reasoning_effort: "high" },
      leftOut: [{ name: "reasoningEffort", reason: "only_some_values" }],
    });
    expect(asked("low", "deepseek-v4-pro").body).toMatchObject({ reasoning_effort: "high" });
  });

  it("sets its own sampling while it thinks, which it does unasked", () => {
    const sampling = { temperature: 1.3, topP: 0.9, frequencyPenalty: 0.5 };
    const { body, leftOut } = shape("deepseek", "deepseek-v4-pro", sampling);
    expect(body).toMatchObject({ top_p: 0.9 });
    expect(body).not.toHaveProperty("temperature");
    expect(leftOut).toEqual([
      { name: "temperature", reason: "fixed_by_model" },
      { name: "frequencyPenalty", reason: "fixed_by_model" },
    ]);
    expect(
      shape("deepseek", "deepseek-v4-pro", { ...sampling, reasoningEffort: "none" }),
    ).toMatchObject({ body: { temperature: 1.3, frequency_penalty: 0.5 }, leftOut: [] });
  });

  it("knows no candidates and no seed, but many stop sequences", () => {
    const { body, leftOut } = shape(
      "deepseek",
      "deepseek-flash",
      { seed: 1, stop: ["a", "b", "c", "d"], maxOutputTokens: 5 },
      { n: 2 },
    );
    expect(body).toMatchObject({ stop: ["a", "b", "c", "d"], max_tokens: 5 });
    expect(body).not.toHaveProperty("n");
    expect(leftOut).toEqual([
      { name: "seed", reason: "not_taken" },
      { name: "n", reason: "not_taken" },
    ]);
  });

  it("has JSON without schemas: a schema is told in words", () => {
    const schema = { type: "object", properties: { town: { type: "string" } } };
    const { body, leftOut } = shape("deepseek", "deepseek-flash", {
      responseFormat: { type: "json_schema", name: "town", schema },
    });
    expect(body["response_format"]).toEqual({ type: "json_object" });
    expect(body["messages"]).toEqual([
      { role: "system", content: expect.stringContaining(JSON.stringify(schema)) },
      { role: "user", content: "Hello" },
    ]);
    expect(leftOut).toEqual([{ name: "responseFormat", reason: "only_some_values" }]);
  });

  it("wants the word JSON in the prompt, and is told it only where it is missing", () => {
    const json = { responseFormat: { type: "json" } } as const;
    const said = [
      { role: "system" as const, text: "Reply in json." },
      { role: "user" as const, text: "Hello" },
    ];
    expect(shape("deepseek", "deepseek-flash", json, { messages: said }).body["messages"]).toEqual([
      { role: "system", content: "Reply in json." },
      { role: "user", content: "Hello" },
    ]);
    expect(JSON.stringify(shape("deepseek", "deepseek-flash", json).body["messages"])).toContain(
      "JSON object",
    );
  });

  it("does not get its thoughts back", () => {
    const messages = [
      { role: "user" as const, text: "2+2?" },
      { role: "assistant" as const, text: "4", reasoning: "Easy." },
      { role: "user" as const, text: "Sure?" },
    ];
    expect(
      JSON.stringify(shape("deepseek", "deepseek-flash", {}, { messages }).body),
    ).not.toContain("Easy.");
    expect(
      shape("deepseek", "deepseek-flash", {}, { messages, card: { reasoningBack: "always" } }).body[
        "messages"
      ],
    ).toContainEqual({ role: "assistant", content: "4", reasoning_content: "Easy." });
  });

  it("is read: thoughts before the answer, keep-alive, usage in the last chunk", () => {
    expect(
      readStream(
        chunk({ role: "assistant", content: null, reasoning_content: "" }),
        chunk({ content: null, reasoning_content: "Let me " }),
        chunk({ content: null, reasoning_content: "see." }),
        chunk({ content: "Four", reasoning_content: null }),
        chunk(
          { content: "", reasoning_content: null },
          {
            usage: {
              prompt_tokens: 8,
              completion_tokens: 30,
              total_tokens: 38,
              prompt_cache_hit_tokens: 0,
              prompt_cache_miss_tokens: 8,
              completion_tokens_details: { reasoning_tokens: 25 },
            },
          },
          "stop",
        ),
        "[DONE]",
      ),
    ).toEqual({
      text: "Four",
      reasoning: "Let me see.",
      finish: "stop",
      usage: { inputTokens: 8, cachedTokens: 0, outputTokens: 30, reasoningTokens: 25 },
      error: null,
    });
    expect(
      readStream(chunk({ content: "Fo" }), chunk({}, {}, "insufficient_system_resource")).finish,
    ).toBe("error");
  });

  it("is read: its errors", () => {
    const error = (message: string) => ({
      error: { message, type: "unknown_error", param: null, code: "invalid_request_error" },
    });
    expect(codeOf(402, error("Insufficient Balance"))).toBe("provider_out_of_credit");
    expect(codeOf(401, error("Authentication Fails (no such user)"))).toBe("provider_key_refused");
    expect(codeOf(503, error("Service is too busy."))).toBe("provider_failed");
    expect(codeOf(400, error("Model Not Exist"))).toBe("provider_model_missing");
  });
});
