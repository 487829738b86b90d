import { describe, expect, it } from "vitest";
import { findDialect } from "./dialect";
import { chunk, codeOf, readStream, shape } from "./testing-dialect";

describe("Ark", () => {
  it("is called below its own version", () => {
    expect(
      findDialect("ark").makeChatUrl({
        baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
        apiVersion: null,
        modelName: "doubao-seed-1-8-251228",
      }),
    ).toBe("https://ark.cn-beijing.volces.com/api/v3/chat/completions");
  });

  it("is told in steps how much to think, where the model has them", () => {
    const asked = (effort: "none" | "low" | "high", model: string) =>
      shape("ark", model, { reasoningEffort: effort });
    expect(asked("low", "doubao-seed-2-1-pro-260628").body).toMatchObject({
      thinking: { type: "enabled" },
      reasoning_effort: "low",
    });
    // A step beside a switch that is off is refused.
    expect(asked("none", "doubao-seed-2-1-pro-260628").body).toMatchObject({
      thinking: { type: "disabled" },
    });
    expect(asked("none", "doubao-seed-2-1-pro-260628").body).not.toHaveProperty("reasoning_effort");
    const onOrOff = asked("low", "doubao-seed-1-6-flash-250828");
    expect(onOrOff.body).toMatchObject({ thinking: { type: "enabled" } });
    expect(onOrOff.body).not.toHaveProperty("reasoning_effort");
    expect(onOrOff.leftOut).toEqual([{ name: "reasoningEffort", reason: "only_some_values" }]);
  });

  it("gets what is asked of an endpoint of which nothing is known", () => {
    expect(
      shape("ark", "ep-20260101-abcde", {
        temperature: 0.4,
        frequencyPenalty: 0.2,
        maxOutputTokens: 64,
        stop: ["。"],
      }),
    ).toMatchObject({
      body: {
        model: "ep-20260101-abcde",
        temperature: 0.4,
        frequency_penalty: 0.2,
        max_tokens: 64,
        stop: ["。"],
        stream_options: { include_usage: true },
      },
      leftOut: [],
    });
  });

  it("knows no candidates and no seed", () => {
    expect(shape("ark", "doubao-seed-1-8-251228", { seed: 3 }, { n: 2 })).toMatchObject({
      leftOut: [
        { name: "seed", reason: "not_taken" },
        { name: "n", reason: "not_taken" },
      ],
    });
  });

  it("is read: thoughts, the answer, usage behind the end", () => {
    expect(
      readStream(
        chunk(
          { role: "assistant", content: "", reasoning_content: "嗯" },
          { service_tier: "default" },
        ),
        chunk({ role: "assistant", content: "好的" }),
        chunk({ role: "assistant", content: "" }, {}, "stop"),
        {
          choices: [],
          usage: {
            prompt_tokens: 4,
            completion_tokens: 6,
            total_tokens: 10,
            prompt_tokens_details: { cached_tokens: 0 },
          },
        },
        "[DONE]",
      ),
    ).toMatchObject({ text: "好的", reasoning: "嗯", finish: "stop", usage: { outputTokens: 6 } });
  });

  it("is read: its errors", () => {
    const error = (code: string, message: string, type: string) => ({
      error: { code, message, param: "", type },
    });
    expect(
      codeOf(401, error("AuthenticationError", "The API key is missing", "Unauthorized")),
    ).toBe("provider_key_refused");
    expect(
      codeOf(404, error("InvalidEndpointOrModel.NotFound", "does not exist", "NotFound")),
    ).toBe("provider_model_missing");
    expect(
      codeOf(403, error("AccountOverdueError", "The account has an overdue balance", "Forbidden")),
    ).toBe("provider_out_of_credit");
    expect(
      codeOf(
        400,
        error("SensitiveContentDetected", "may contain sensitive information", "BadRequest"),
      ),
    ).toBe("answer_filtered");
  });
});
