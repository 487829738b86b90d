import { describe, expect, it } from "vitest";
import { findDialect } from "./dialect";
import { chunk, codeOf, readDocument, readStream, shape } from "./testing-dialect";

const baseUrl = "https://team.openai.azure.com";
const { makeChatUrl, makeModelsUrl, makeHeaders } = findDialect("azure");

const safe = { filtered: false, severity: "safe" };
const filters = { hate: safe, self_harm: safe, sexual: safe, violence: safe };

describe("Azure OpenAI", () => {
  it.each([
    [
      "2024-10-21",
      `${baseUrl}/openai/deployments/our%20gpt/chat/completions?api-version=2024-10-21`,
    ],
    ["preview", `${baseUrl}/openai/v1/chat/completions?api-version=preview`],
    ["v1", `${baseUrl}/openai/v1/chat/completions`],
  ])("is called at a deployment's address: %s", (apiVersion, url) => {
    expect(makeChatUrl({ baseUrl, apiVersion, modelName: "our gpt" })).toBe(url);
  });

  it("finds its way from any address that people paste", () => {
    for (const pasted of [
      `${baseUrl}/openai`,
      `${baseUrl}/openai/v1`,
      `${baseUrl}/openai/deployments/x`,
    ])
      expect(makeChatUrl({ baseUrl: pasted, apiVersion: "v1", modelName: "x" })).toBe(
        `${baseUrl}/openai/v1/chat/completions`,
      );
  });

  it("gets its key in a header of its own, and keeps no list of deployments", () => {
    expect(makeHeaders("k")).toEqual({ "api-key": "k" });
    expect(makeModelsUrl({ baseUrl, apiVersion: "2024-10-21" })).toBeNull();
  });

  it("is asked as OpenAI is, also where a deployment's name says nothing of its model", () => {
    expect(shape("azure", "gpt-4o", { temperature: 0.5, maxOutputTokens: 9 }).body).toMatchObject({
      temperature: 0.5,
      max_completion_tokens: 9,
      stream_options: { include_usage: true },
    });
    expect(shape("azure", "chat-prod", { temperature: 0.5, seed: 1 })).toMatchObject({
      body: { temperature: 0.5, seed: 1 },
      leftOut: [],
    });
    expect(shape("azure", "o3-mini", { temperature: 0.5 }).body).not.toHaveProperty("temperature");
  });

  it("is read: a first chunk without choices, and findings beside every delta", () => {
    expect(
      readStream(
        {
          choices: [],
          created: 0,
          id: "",
          model: "",
          object: "",
          prompt_filter_results: [{ prompt_index: 0, content_filter_results: filters }],
        },
        {
          choices: [
            { index: 0, content_filter_results: {}, delta: { role: "assistant", content: "" } },
          ],
        },
        { choices: [{ index: 0, content_filter_results: filters, delta: { content: "Hello" } }] },
        { choices: [{ index: 0, content_filter_results: {}, delta: {}, finish_reason: "stop" }] },
        { choices: [], usage: { prompt_tokens: 5, completion_tokens: 1 } },
        "[DONE]",
      ),
    ).toMatchObject({ text: "Hello", finish: "stop", usage: { inputTokens: 5 }, error: null });
  });

  it("is read: a filter that strikes after the answer has ended", () => {
    expect(
      readStream(chunk({ content: "Bad" }), chunk({}, {}, "stop"), {
        choices: [
          {
            index: 0,
            finish_reason: null,
            content_filter_results: { violence: { filtered: true, severity: "high" } },
            content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 3 },
          },
        ],
      }),
    ).toMatchObject({ text: "Bad", finish: "content_filter" });
    expect(
      readDocument({
        choices: [{ message: { content: "" }, finish_reason: "content_filter" }],
      }).finish,
    ).toBe("content_filter");
  });

  it("is read: its errors", () => {
    expect(
      codeOf(400, {
        error: {
          message: "The response was filtered due to the prompt.",
          type: null,
          param: "prompt",
          code: "content_filter",
          status: 400,
          innererror: {
            code: "ResponsibleAIPolicyViolation",
            content_filter_result: { violence: { filtered: true, severity: "medium" } },
          },
        },
      }),
    ).toBe("answer_filtered");
    expect(
      codeOf(404, {
        error: {
          code: "DeploymentNotFound",
          message: "The API deployment for this resource does not exist.",
        },
      }),
    ).toBe("provider_model_missing");
    expect(
      codeOf(401, {
        error: { code: "401", message: "Access denied due to invalid subscription key" },
      }),
    ).toBe("provider_key_refused");
    expect(
      codeOf(429, { error: { code: "429", message: "Requests have exceeded call rate limit." } }),
    ).toBe("provider_rate_limited");
  });
});
