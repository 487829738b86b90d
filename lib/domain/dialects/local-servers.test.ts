import { describe, expect, it } from "vitest";
import { chunk, codeOf, readDocument, readStream, shape } from "./testing-dialect";

const schema = { type: "object", properties: { a: { type: "number" } } };
const withSchema = { responseFormat: { type: "json_schema", name: "s", schema } } as const;
const withJson = { responseFormat: { type: "json" } } as const;

describe("Ollama", () => {
  it("takes its documented fields, and one answer at a time", () => {
    const { body, leftOut } = shape(
      "ollama",
      "llama3.2:3b",
      { temperature: 0, seed: 5, maxOutputTokens: 50, presencePenalty: 1, stop: ["x"] },
      { n: 2 },
    );
    expect(body).toMatchObject({ temperature: 0, seed: 5, max_tokens: 50, presence_penalty: 1 });
    expect(body).not.toHaveProperty("n");
    expect(leftOut).toEqual([{ name: "n", reason: "not_taken" }]);
  });

  it("has an effort for models that think", () => {
    expect(shape("ollama", "qwen3:8b", { reasoningEffort: "none" }).body).toMatchObject({
      reasoning_effort: "none",
    });
    expect(shape("ollama", "gpt-oss:20b", { reasoningEffort: "xhigh" })).toMatchObject({
      body: { reasoning_effort: "high" },
      leftOut: [{ name: "reasoningEffort", reason: "only_some_values" }],
    });
    expect(shape("ollama", "llama3.2:3b", { reasoningEffort: "high" }).leftOut).toHaveLength(1);
  });

  it("is read: thoughts in `reasoning`, or between tags where the model's template says nothing", () => {
    expect(
      readStream(
        chunk({ role: "assistant", content: "", reasoning: "Hm" }),
        chunk({ role: "assistant", content: "Yes" }),
        chunk({ role: "assistant", content: "" }, {}, "stop"),
        { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } },
        "[DONE]",
      ),
    ).toMatchObject({ text: "Yes", reasoning: "Hm", usage: { outputTokens: 2 } });
    expect(
      readStream(
        chunk({ content: "<th" }),
        chunk({ content: "ink>Hm</think>\n\nYes" }),
        chunk({}, {}, "stop"),
      ),
    ).toMatchObject({ text: "Yes", reasoning: "Hm" });
  });

  it("is read: its errors", () => {
    expect(codeOf(404, { error: { message: 'model "x" not found, try pulling it first' } })).toBe(
      "provider_model_missing",
    );
  });
});

describe("LM Studio", () => {
  it("has schemas, but no JSON mode without one", () => {
    expect(shape("lm-studio", "google/gemma-3-12b", withSchema).body["response_format"]).toEqual({
      type: "json_schema",
      json_schema: { name: "s", schema },
    });
    expect(shape("lm-studio", "google/gemma-3-12b", withJson)).toMatchObject({
      body: {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: { type: "object" } },
        },
      },
      leftOut: [],
    });
  });

  it("takes all sampling, and one answer at a time", () => {
    expect(
      shape(
        "lm-studio",
        "google/gemma-3-12b",
        { topP: 0.5, frequencyPenalty: 1, seed: 1 },
        { n: 2 },
      ),
    ).toMatchObject({
      body: { top_p: 0.5, frequency_penalty: 1, seed: 1 },
      leftOut: [{ name: "n", reason: "not_taken" }],
    });
  });

  it("is read: a stream, and an error in it", () => {
    expect(
      readStream(
        chunk({ role: "assistant", reasoning_content: "Hm" }, { system_fingerprint: "m" }),
        chunk({ content: "Yes" }),
        chunk({}, {}, "stop"),
        "[DONE]",
      ),
    ).toMatchObject({ text: "Yes", reasoning: "Hm", finish: "stop" });
    expect(readStream({ error: "Model unloaded." }).error).toMatchObject({
      message: "Model unloaded.",
    });
  });
});

describe("vLLM", () => {
  it("takes all that chat completions have", () => {
    expect(
      shape("vllm", "meta-llama/Llama-3.3-70B-Instruct", { ...withSchema, seed: 1 }, { n: 3 }),
    ).toMatchObject({
      body: { n: 3, seed: 1, response_format: { type: "json_schema" } },
      leftOut: [],
    });
  });

  it("tells a model's template whether to think, and gpt-oss how much", () => {
    expect(shape("vllm", "Qwen/Qwen3-8B", { reasoningEffort: "none" }).body).toMatchObject({
      chat_template_kwargs: { enable_thinking: false },
    });
    expect(shape("vllm", "Qwen/Qwen3-8B", { reasoningEffort: "low" })).toMatchObject({
      body: { chat_template_kwargs: { enable_thinking: true } },
      leftOut: [{ name: "reasoningEffort", reason: "only_some_values" }],
    });
    expect(shape("vllm", "openai/gpt-oss-120b", { reasoningEffort: "low" })).toMatchObject({
      body: { reasoning_effort: "low" },
      leftOut: [],
    });
  });

  it("is read: thoughts in `reasoning`, or in older versions in `reasoning_content`", () => {
    for (const field of ["reasoning", "reasoning_content"]) {
      expect(
        readStream(
          chunk({ role: "assistant", content: "" }, { usage: null }),
          chunk({ [field]: "Hm" }),
          chunk({ content: "Yes" }),
          chunk({}, { stop_reason: null }, "stop"),
          "[DONE]",
        ),
      ).toMatchObject({ text: "Yes", reasoning: "Hm", finish: "stop" });
      expect(
        readDocument({
          choices: [{ message: { content: "Yes", [field]: "Hm" }, finish_reason: "stop" }],
        }),
      ).toMatchObject({ text: "Yes", reasoning: "Hm" });
    }
  });

  it("is read: its errors", () => {
    const error = (message: string) => ({
      object: "error",
      message,
      type: "BadRequestError",
      param: null,
      code: 400,
    });
    expect(
      codeOf(
        400,
        error(
          "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
        ),
      ),
    ).toBe("context_too_long");
    expect(
      codeOf(404, { error: { message: "The model `x` does not exist.", type: "NotFoundError" } }),
    ).toBe("provider_model_missing");
  });
});
