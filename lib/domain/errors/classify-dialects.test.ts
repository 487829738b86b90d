import { expect, it } from "vitest";
import { classifyProviderError } from "./classify-provider-error";

const openAi = (code: string | null, message = "", type = code) => ({
  error: { message, type, param: null, code },
});

it.each<[string, number, unknown, string]>([
  [
    "OpenAI: key",
    401,
    openAi("invalid_api_key", "Incorrect API key provided: sk-…", "invalid_request_error"),
    "provider_key_refused",
  ],
  ["OpenAI: region", 403, openAi("unsupported_country_region_territory"), "provider_forbidden"],
  [
    "OpenAI: model",
    404,
    openAi("model_not_found", "The model `x` does not exist"),
    "provider_model_missing",
  ],
  [
    "OpenAI: rate",
    429,
    openAi("rate_limit_exceeded", "Rate limit reached for gpt-4o", "tokens"),
    "provider_rate_limited",
  ],
  [
    "OpenAI: quota",
    429,
    openAi("insufficient_quota", "You exceeded your current quota, please check your plan"),
    "provider_out_of_credit",
  ],
  ["OpenAI: hard limit", 400, openAi("billing_hard_limit_reached"), "provider_out_of_credit"],
  ["OpenAI: spend limit", 429, openAi("project_spend_limit_exceeded"), "provider_out_of_credit"],
  [
    "OpenAI: too long",
    400,
    openAi(
      "context_length_exceeded",
      "This model's maximum context length is 8192 tokens.",
      "invalid_request_error",
    ),
    "context_too_long",
  ],
  [
    "OpenAI: parameter",
    400,
    openAi("unsupported_value", "'temperature' does not support 0"),
    "provider_rejected",
  ],
  [
    "Azure: prompt filter",
    400,
    {
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: "prompt",
        code: "content_filter",
        status: 400,
        innererror: {
          code: "ResponsibleAIPolicyViolation",
          content_filter_result: { violence: { filtered: true, severity: "high" } },
        },
      },
    },
    "answer_filtered",
  ],
  [
    "Azure: deployment",
    404,
    {
      error: {
        code: "DeploymentNotFound",
        message: "The API deployment for this resource does not exist.",
      },
    },
    "provider_model_missing",
  ],
  [
    "Azure: key",
    401,
    { error: { code: "401", message: "Access denied due to invalid subscription key" } },
    "provider_key_refused",
  ],
  [
    "vLLM: too long",
    400,
    {
      object: "error",
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 5120 tokens (4608 in the messages, 512 in the completion).",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
    "context_too_long",
  ],
  [
    "vLLM: model",
    404,
    {
      object: "error",
      message: "The model `x` does not exist.",
      type: "NotFoundError",
      code: 404,
    },
    "provider_model_missing",
  ],
  [
    "FastAPI: detail",
    422,
    { detail: [{ loc: ["body", "top_k"], msg: "extra fields not permitted" }] },
    "provider_rejected",
  ],
  [
    "Ollama: model",
    404,
    { error: "model 'x' not found, try pulling it first" },
    "provider_model_missing",
  ],
  [
    "Ollama: memory",
    500,
    { error: "model requires more system memory than is available" },
    "provider_failed",
  ],
  [
    "llama.cpp: too long",
    400,
    {
      error: {
        code: 400,
        message: "the request exceeds the available context size, try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: 9000,
        n_ctx: 8192,
      },
    },
    "context_too_long",
  ],
  [
    "llama.cpp: loading",
    503,
    { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
    "provider_failed",
  ],
  [
    "Anthropic: too long",
    400,
    {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "prompt is too long: 210000 tokens > 200000 maximum",
      },
    },
    "context_too_long",
  ],
  [
    "Anthropic: credit",
    400,
    {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "Your credit balance is too low to access the API.",
      },
    },
    "provider_out_of_credit",
  ],
  [
    "Anthropic: overloaded",
    529,
    { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    "provider_failed",
  ],
  [
    "OpenRouter: credit",
    402,
    { error: { code: 402, message: "This request requires more credits" } },
    "provider_out_of_credit",
  ],
  [
    "a list of errors",
    400,
    [{ error: { code: 400, message: "prompt is too long" } }],
    "context_too_long",
  ],
  ["JSON in a string", 400, JSON.stringify(openAi("context_length_exceeded")), "context_too_long"],
])("%s", (_, status, body, code) => {
  expect(classifyProviderError({ status, body }, 0).code).toBe(code);
});
