import { describe, expect, it } from "vitest";
import { chunk, codeOf, readStream, shape } from "./testing-dialect";

const model = "deepseek-ai/DeepSeek-V4-Flash";

describe("SiliconFlow", () => {
  it("is told with a switch and a budget how much to think", () => {
    expect(shape("siliconflow", model, { reasoningEffort: "medium" }).body).toMatchObject({
      enable_thinking: true,
      thinking_budget: 8_192,
    });
    expect(shape("siliconflow", model, { reasoningEffort: "none" }).body).toMatchObject({
      enable_thinking: false,
    });
    expect(
      shape("siliconflow", "Qwen/Qwen3-30B-A3B-Instruct-2507", { reasoningEffort: "high" }),
    ).toMatchObject({ leftOut: [{ name: "reasoningEffort", reason: "not_taken" }] });
  });

  it("knows by their names which open models see", () => {
    const messages = [{ role: "user" as const, text: "?", images: ["data:image/png;base64,AA"] }];
    const sent = (name: string) =>
      JSON.stringify(shape("siliconflow", name, {}, { messages }).body);
    for (const name of ["Qwen/Qwen3-VL-32B-Instruct", "Qwen/Qwen3.5-397B-A17B", "zai-org/GLM-4.5V"])
      expect(sent(name)).toContain("image_url");
    for (const name of [model, "zai-org/GLM-5.1", "Qwen/Qwen3-32B"])
      expect(sent(name)).not.toContain("image_url");
  });

  it("is asked for what it documents", () => {
    expect(
      shape("siliconflow", model, {
        maxOutputTokens: 100,
        frequencyPenalty: 0.5,
        stop: ["\n\n"],
      }),
    ).toMatchObject({
      body: { max_tokens: 100, frequency_penalty: 0.5, stop: ["\n\n"] },
      leftOut: [],
    });
  });

  it("is read: usage in every chunk, of which the last counts", () => {
    const usage = (completion: number) => ({
      usage: { prompt_tokens: 7, completion_tokens: completion, total_tokens: 7 + completion },
    });
    expect(
      readStream(
        chunk({ content: null, reasoning_content: "Hm", role: "assistant" }, usage(1)),
        chunk({ content: "Yes", reasoning_content: null, role: "assistant" }, usage(2)),
        chunk({ content: "", reasoning_content: null, role: "assistant" }, usage(2), "stop"),
        "[DONE]",
      ),
    ).toEqual({
      text: "Yes",
      reasoning: "Hm",
      finish: "stop",
      usage: { inputTokens: 7, outputTokens: 2 },
      error: null,
    });
  });

  it("is read: flat errors with a number", () => {
    expect(
      codeOf(403, {
        code: 30001,
        message: "Sorry, your account balance is insufficient",
        data: null,
      }),
    ).toBe("provider_out_of_credit");
    expect(codeOf(400, { code: 20012, message: "Model does not exist.", data: null })).toBe(
      "provider_model_missing",
    );
    expect(codeOf(401, "Api key is invalid")).toBe("provider_key_refused");
    expect(codeOf(429, { message: "Request was rejected due to rate limiting.", data: null })).toBe(
      "provider_rate_limited",
    );
  });
});
