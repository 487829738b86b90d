import { describe, expect, it } from "vitest";
import { chunk, codeOf, readStream, shape } from "./testing-dialect";

describe("01.AI", () => {
  it("keeps sampling within what it takes", () => {
    expect(shape("01-ai", "yi-lightning", { temperature: 2, topP: 1 })).toMatchObject({
      body: { temperature: 1.99, top_p: 0.99 },
      leftOut: [
        { name: "temperature", reason: "only_some_values" },
        { name: "topP", reason: "only_some_values" },
      ],
    });
  });

  it("has no effort to set", () => {
    const { body, leftOut } = shape("01-ai", "yi-lightning", { reasoningEffort: "high" });
    expect(body).not.toHaveProperty("reasoning_effort");
    expect(leftOut).toEqual([{ name: "reasoningEffort", reason: "not_taken" }]);
  });

  it("gets images where the model sees", () => {
    const messages = [{ role: "user" as const, text: "?", images: ["data:image/png;base64,AA"] }];
    expect(JSON.stringify(shape("01-ai", "yi-vision-v2", {}, { messages }).body)).toContain(
      "image_url",
    );
    expect(JSON.stringify(shape("01-ai", "yi-lightning", {}, { messages }).body)).not.toContain(
      "image_url",
    );
  });

  it("is read: its chunks, whose last repeats the whole text beside the delta", () => {
    expect(
      readStream(
        chunk({ role: "assistant", content: "你" }, { lastOne: false }),
        chunk({ content: "好" }, { lastOne: false }),
        chunk(
          {},
          {
            lastOne: true,
            content: "你好",
            usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
          },
          "stop",
        ),
        "[DONE]",
      ),
    ).toMatchObject({ text: "你好", finish: "stop", usage: { inputTokens: 3, outputTokens: 2 } });
  });

  it("is read: its errors", () => {
    expect(codeOf(401, { error: { code: "invalid_authorized", message: "unauthorized" } })).toBe(
      "provider_key_refused",
    );
    expect(
      codeOf(429, { error: { code: "rate_limit_exceeded", message: "too many requests" } }),
    ).toBe("provider_rate_limited");
  });
});
