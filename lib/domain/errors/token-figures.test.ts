import { describe, expect, it } from "vitest";
import { classifyProviderError } from "./classify-provider-error";

const figuresOf = (message: string) => {
  const { code, figures } = classifyProviderError(
    { status: 400, body: { error: { message } }, phase: "before_headers" },
    0,
  );
  return code === "context_too_long" ? figures : code;
};

describe("the figures of a prompt that was too long", () => {
  it.each([
    [
      "This model's maximum context length is 16,385 tokens. However, your messages resulted in 20,000 tokens.",
      { limit: 16_385, tokens: 20_000, promptTokens: 20_000 },
    ],
    [
      "This model's maximum context length is 4096 tokens. However, you requested 5120 tokens (4608 in the messages, 512 in the completion).",
      { limit: 4_096, tokens: 5_120, promptTokens: 4_608 },
    ],
    [
      "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 tokens and your request has 1000 input tokens (4000 > 4096 - 1000).",
      { limit: 4_096, tokens: 1_000, promptTokens: 1_000 },
    ],
    [
      "You passed 5000 input tokens and requested 100 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3996 tokens.",
      { limit: 4_096, tokens: 5_000, promptTokens: 5_000 },
    ],
    [
      "The input (61709 tokens) is longer than the model's context length (40960 tokens).",
      { limit: 40_960, tokens: 61_709, promptTokens: 61_709 },
    ],
    [
      "Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).",
      { limit: 59_862, tokens: 160_062, promptTokens: 160_062 },
    ],
    [
      "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a total of 9000 tokens: 7000 tokens from the input messages and 2000 tokens for the completion.",
      { limit: 8_192, tokens: 9_000, promptTokens: 7_000 },
    ],
    [
      "prompt is too long: 209000 tokens > 200000 maximum",
      { limit: 200_000, tokens: 209_000, promptTokens: 209_000 },
    ],
    ["Range of input length should be [1, 30720]", { limit: 30_720 }],
    ["The input is too long for this model.", {}],
  ])("are read: %s", (message, figures) => {
    expect(figuresOf(message)).toEqual(figures);
  });

  it("are not taken for the prompt's where the server stopped counting at its limit", () => {
    expect(
      figuresOf(
        "This model's maximum context length is 4096 tokens. However, you requested 1000 output tokens and your prompt contains at least 3097 input tokens, for a total of at least 4097 tokens.",
      ),
    ).toEqual({ limit: 4_096, tokens: 3_097 });
  });
});
