import { describe, expect, it } from "vitest";
import { chunk, codeOf, readStream, shape } from "./testing-dialect";

describe("DashScope", () => {
  it("is told with a switch and a budget how much to think", () => {
    const asked = (effort: "none" | "low" | "medium" | "high", model = "qwen-plus") =>
      shape("dashscope", model, { reasoningEffort: effort });
    expect(asked("none").body).toMatchObject({ enable_thinking: false });
    expect(asked("low").body).toMatchObject({ enable_thinking: true, thinking_budget: 2_048 });
    expect(asked("high").body).toMatchObject({ enable_thinking: true });
    expect(asked("high").body).not.toHaveProperty("thinking_budget");
    // It always thinks, and cannot be told how much.
    expect(asked("high", "qwq-plus")).toMatchObject({
      leftOut: [{ name: "reasoningEffort", reason: "not_taken" }],
    });
    expect(asked("high", "qwen-max").body).not.toHaveProperty("enable_thinking");
  });

  it("keeps numbers within what it takes, and says so", () => {
    const { body, leftOut } = shape("dashscope", "qwen-max", { temperature: 2, topP: 0 });
    expect(body).toMatchObject({ temperature: 1.99, top_p: 0.01 });
    expect(leftOut).toEqual([
      { name: "temperature", reason: "only_some_values" },
      { name: "topP", reason: "only_some_values" },
    ]);
    expect(shape("dashscope", "qwen-max", { temperature: 0.7 }).leftOut).toEqual([]);
  });

  it("gives several answers only without thinking", () => {
    expect(shape("dashscope", "qwen-plus", {}, { n: 2 }).body).toMatchObject({ n: 2 });
    const thinking = shape("dashscope", "qwen-plus", { reasoningEffort: "high" }, { n: 2 });
    expect(thinking.body).not.toHaveProperty("n");
    expect(thinking.leftOut).toEqual([{ name: "n", reason: "fixed_by_model" }]);
  });

  it("is asked for JSON by word and field, and while it thinks by word alone", () => {
    const json = { responseFormat: { type: "json" } } as const;
    const plain = shape("dashscope", "qwen-plus", json).body;
    expect(plain["response_format"]).toEqual({ type: "json_object" });
    expect(JSON.stringify(plain["messages"])).toContain("JSON");
    const thinking = shape("dashscope", "qwen-plus", { ...json, reasoningEffort: "high" });
    expect(thinking.body).not.toHaveProperty("response_format");
    expect(JSON.stringify(thinking.body["messages"])).toContain("JSON");
    expect(thinking.leftOut).toEqual([{ name: "responseFormat", reason: "fixed_by_model" }]);
  });

  it("gets images where the model sees", () => {
    const messages = [
      { role: "user" as const, text: "图里是什么？", images: ["data:image/jpeg;base64,AA"] },
    ];
    const sent = (model: string) =>
      JSON.stringify(shape("dashscope", model, {}, { messages }).body["messages"]);
    expect(sent("qwen3-vl-plus")).toContain("image_url");
    expect(sent("qwen3-vl-plus-2025-09-23")).toContain("image_url");
    expect(sent("qwen-plus-latest")).not.toContain("image_url");
  });

  it("is read: thoughts, then the answer, then a chunk with usage and no choices", () => {
    expect(
      readStream(
        chunk({ role: "assistant", content: null, reasoning_content: "" }),
        chunk({ content: null, reasoning_content: "想一想" }),
        chunk({ content: "你好", reasoning_content: null }),
        chunk({ content: "", reasoning_content: null }, {}, "stop"),
        {
          object: "chat.completion.chunk",
          choices: [],
          system_fingerprint: null,
          usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
        },
        "[DONE]",
      ),
    ).toEqual({
      text: "你好",
      reasoning: "想一想",
      finish: "stop",
      usage: { inputTokens: 10, outputTokens: 20 },
      error: null,
    });
  });

  it("is read: its errors, with and without an object around them", () => {
    expect(
      codeOf(400, {
        error: {
          code: "data_inspection_failed",
          param: null,
          message: "Input data may contain inappropriate content.",
          type: "data_inspection_failed",
        },
      }),
    ).toBe("answer_filtered");
    expect(
      codeOf(401, { code: "InvalidApiKey", message: "Invalid API-key provided.", request_id: "r" }),
    ).toBe("provider_key_refused");
    expect(
      codeOf(429, { code: "Throttling.RateQuota", message: "Requests rate limit exceeded" }),
    ).toBe("provider_rate_limited");
    expect(codeOf(400, { code: "Arrearage", message: "Access denied, account in arrears" })).toBe(
      "provider_out_of_credit",
    );
    expect(
      readStream({ code: "InternalError", message: "An internal error occured", request_id: "r" })
        .error,
    ).not.toBeNull();
  });
});
