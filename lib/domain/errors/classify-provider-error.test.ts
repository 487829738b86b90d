import { describe, expect, it } from "vitest";
import { classifyProviderError, type ProviderFailure } from "./classify-provider-error";

const codeOf = (failure: ProviderFailure) => classifyProviderError(failure).code;
const openAiError = (code: string, message = "") => ({ error: { message, type: code, code } });

describe("classifyProviderError", () => {
  it.each<[string, ProviderFailure, string]>([
    [
      "a refused key",
      { status: 401, body: openAiError("invalid_api_key") },
      "provider_key_refused",
    ],
    ["a forbidden region", { status: 403 }, "provider_forbidden"],
    [
      "an unknown model",
      { status: 404, body: openAiError("model_not_found") },
      "provider_model_missing",
    ],
    [
      "an unknown model told as 400",
      { status: 400, body: { message: "The model `x` does not exist" } },
      "provider_model_missing",
    ],
    [
      "too many requests",
      { status: 429, body: openAiError("rate_limit_exceeded") },
      "provider_rate_limited",
    ],
    [
      "an empty account",
      { status: 429, body: openAiError("insufficient_quota") },
      "provider_out_of_credit",
    ],
    ["DeepSeek's empty account", { status: 402 }, "provider_out_of_credit"],
    [
      "OpenAI's too long",
      { status: 400, body: openAiError("context_length_exceeded") },
      "context_too_long",
    ],
    [
      "vLLM's too long",
      { status: 400, body: { message: "This model's maximum context length is 4096 tokens." } },
      "context_too_long",
    ],
    [
      "Anthropic's too long",
      { status: 400, body: "prompt is too long: 210000" },
      "context_too_long",
    ],
    [
      "llama.cpp's too long",
      { status: 400, body: "the request exceeds the available context size" },
      "context_too_long",
    ],
    ["a body too large", { status: 413 }, "context_too_long"],
    [
      "another refusal",
      { status: 400, body: openAiError("unsupported_value") },
      "provider_rejected",
    ],
    ["a server error", { status: 500 }, "provider_failed"],
    [
      "an HTML page from a proxy",
      { status: 502, body: "<html>bad gateway</html>" },
      "provider_failed",
    ],
    ["a gateway's timeout", { status: 504 }, "provider_timeout"],
    ["an overloaded server", { status: 529 }, "provider_failed"],
    ["nobody listening", { causeCodes: ["ECONNREFUSED"] }, "provider_unreachable"],
    ["an unknown host", { causeCodes: ["ENOTFOUND"] }, "provider_unreachable"],
    ["a bad certificate", { causeCodes: ["CERT_HAS_EXPIRED"] }, "provider_unreachable"],
    ["no first token", { causeCodes: ["FIRST_TOKEN_TIMEOUT"] }, "provider_timeout"],
    ["a reset", { causeCodes: ["ECONNRESET"] }, "connection_lost"],
    ["a private address", { causeCodes: ["PROVIDER_ADDRESS_REFUSED"] }, "provider_address_refused"],
    ["a redirect", { message: "unexpected redirect" }, "provider_address_refused"],
    ["a stream that is none", { status: 200, message: "Invalid JSON" }, "provider_incompatible"],
    ["nothing known", {}, "provider_failed"],
  ])("%s", (_, failure, code) => {
    expect(codeOf(failure)).toBe(code);
  });

  it("tells how long to wait, in seconds", () => {
    expect(
      classifyProviderError({ status: 429, headers: { "retry-after": "12" } }).details,
    ).toMatchObject({ retryAfterSeconds: 12 });
    expect(
      classifyProviderError({ status: 429, headers: { "retry-after-ms": "200" } }).details,
    ).toMatchObject({ retryAfterSeconds: 1 });
  });

  it("never carries the provider's words on", () => {
    const classified = classifyProviderError({
      status: 401,
      body: "Incorrect API key provided: sk-SECRET",
      message: "Incorrect API key provided: sk-SECRET",
    });
    expect(JSON.stringify(classified)).not.toContain("SECRET");
  });
});
