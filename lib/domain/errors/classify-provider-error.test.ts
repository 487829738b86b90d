import { describe, expect, it } from "vitest";
import { classifyProviderError } from "./classify-provider-error";
import type { CallPhase, ProviderFailure } from "./provider-failure";

const nowMs = Date.UTC(2026, 4, 1, 12, 0, 0);
const classify = (failure: ProviderFailure) => classifyProviderError(failure, nowMs);
const openAi = (code: string | null, message = "", type = code) => ({
  error: { message, type, param: null, code },
});

it("knows a refused key from gateways that have no 401", () => {
  for (const status of [400, 403])
    expect(classify({ status, body: openAi("invalid_api_key", "No.") }).code).toBe(
      "provider_key_refused",
    );
  expect(classify({ status: 403, body: openAi(null, "Your country is not supported.") }).code).toBe(
    "provider_forbidden",
  );
});

describe("what the network says", () => {
  it.each<[string, ProviderFailure, string, boolean]>([
    ["nobody listening", { causeCodes: ["ECONNREFUSED"] }, "provider_unreachable", false],
    ["an unknown host", { causeCodes: ["ENOTFOUND"] }, "provider_unreachable", false],
    ["a resolver that is away", { causeCodes: ["EAI_AGAIN"] }, "provider_unreachable", false],
    ["no connection", { causeCodes: ["UND_ERR_CONNECT_TIMEOUT"] }, "provider_unreachable", false],
    [
      "a port of no web server",
      { message: "fetch failed | bad port" },
      "provider_unreachable",
      false,
    ],
    [
      "an old certificate",
      { causeCodes: ["CERT_HAS_EXPIRED"] },
      "provider_certificate_refused",
      false,
    ],
    [
      "another host's certificate",
      { causeCodes: ["ERR_TLS_CERT_ALTNAME_INVALID"] },
      "provider_certificate_refused",
      false,
    ],
    [
      "a certificate of nobody's",
      { causeCodes: ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"] },
      "provider_certificate_refused",
      false,
    ],
    [
      "https to a plain port",
      { causeCodes: ["ERR_SSL_WRONG_VERSION_NUMBER"] },
      "provider_certificate_refused",
      false,
    ],
    ["a redirect", { causeCodes: ["PROVIDER_REDIRECTED"] }, "provider_redirected", false],
    [
      "a private address",
      { causeCodes: ["PROVIDER_ADDRESS_REFUSED"] },
      "provider_address_refused",
      false,
    ],
    [
      "no headers",
      { causeCodes: ["HEADERS_TIMEOUT"], phase: "before_headers" },
      "provider_timeout",
      true,
    ],
    [
      "no first token",
      { causeCodes: ["FIRST_TOKEN_TIMEOUT"], phase: "before_content" },
      "provider_timeout",
      false,
    ],
    [
      "a long silence",
      { causeCodes: ["IDLE_TIMEOUT"], phase: "in_content" },
      "provider_timeout",
      false,
    ],
    [
      "too long in all",
      { causeCodes: ["TOTAL_TIMEOUT"], phase: "before_headers" },
      "provider_timeout",
      false,
    ],
    [
      "a reset before headers",
      { causeCodes: ["ECONNRESET"], phase: "before_headers" },
      "connection_lost",
      true,
    ],
    [
      "a reset after headers",
      { causeCodes: ["UND_ERR_SOCKET"], phase: "before_content" },
      "connection_lost",
      false,
    ],
    [
      "a reset within the text",
      { causeCodes: ["ECONNRESET"], phase: "in_content" },
      "connection_lost",
      false,
    ],
    [
      "a page with status 200",
      { causeCodes: ["NOT_A_STREAM"], status: 200 },
      "provider_incompatible",
      false,
    ],
    ["what is no HTTP", { causeCodes: ["HPE_INVALID_CONSTANT"] }, "provider_incompatible", false],
    [
      "damage in the text",
      { causeCodes: ["DAMAGED_STREAM"], phase: "in_content" },
      "answer_damaged",
      false,
    ],
    ["nothing known", {}, "provider_failed", false],
  ])("%s", (_, failure, code, isRetryable) => {
    expect(classify(failure)).toMatchObject({ code, isRetryable });
  });
});

describe("what a status says, whatever the body", () => {
  it.each([
    [400, "provider_rejected", false],
    [401, "provider_key_refused", false],
    [402, "provider_out_of_credit", false],
    [403, "provider_forbidden", false],
    [404, "provider_model_missing", false],
    [408, "provider_timeout", true],
    [409, "provider_failed", true],
    [413, "context_too_long", false],
    [422, "provider_rejected", false],
    [425, "provider_failed", true],
    [429, "provider_rate_limited", true],
    [500, "provider_failed", true],
    [501, "provider_failed", false],
    [502, "provider_failed", true],
    [503, "provider_failed", true],
    [504, "provider_timeout", true],
    [529, "provider_failed", true],
  ])("%i is %s", (status, code, isRetryable) => {
    const page = "<html><head><title>Error</title></head><body><hr>nginx</body></html>";
    for (const body of [undefined, "", page, {}, null, []])
      expect(classify({ status, body })).toMatchObject({ code, isRetryable });
  });
});

describe("what a body says", () => {
  it("never tries a billing error again, and names the admin as the one to act", () => {
    for (const code of [
      "insufficient_quota",
      "credit_balance_exhausted",
      "organization_spend_limit_exceeded",
      "project_spend_limit_exceeded",
      "organization_usage_limit_exceeded",
      "billing_hard_limit_reached",
    ])
      for (const status of [429, 402])
        expect(
          classify({ status, body: openAi(code), headers: { "retry-after": "1" } }),
        ).toMatchObject({
          code: "provider_out_of_credit",
          isRetryable: false,
          waitMs: null,
          whoActs: "admin",
        });
  });

  it("does not take what a page of a proxy says for the provider's word", () => {
    const body = "<html>504: prompt is too long? insufficient_quota?</html>";
    expect(classify({ status: 502, body }).code).toBe("provider_failed");
  });
});

describe("an error object in a stream", () => {
  const inStream = (body: unknown, phase: CallPhase = "before_content") =>
    classify({ body, phase });

  it("is read by the status that it names", () => {
    expect(inStream({ code: 502, message: "Provider returned error" })).toMatchObject({
      code: "provider_failed",
      isRetryable: true,
    });
    expect(inStream({ code: 429, message: "busy" }).code).toBe("provider_rate_limited");
  });

  it("is read by its words otherwise", () => {
    expect(inStream({ message: "The server had an error", type: "server_error" })).toMatchObject({
      code: "provider_failed",
      isRetryable: true,
    });
    expect(inStream({ message: "x", code: "content_filter" }).code).toBe("answer_filtered");
    expect(inStream({ message: "something" })).toMatchObject({
      code: "provider_failed",
      isRetryable: false,
    });
  });

  it("is final when text came before it", () => {
    expect(inStream({ message: "x", type: "server_error" }, "in_content").isRetryable).toBe(false);
  });
});

describe("details", () => {
  it("tell how long to wait, in each form of the header", () => {
    const wait = (headers: Record<string, string>, body?: unknown) =>
      classify({ status: 429, headers, body }).waitMs;
    expect(wait({ "retry-after": "12" })).toBe(12_000);
    expect(wait({ "retry-after": "0.5" })).toBe(500);
    expect(wait({ "retry-after-ms": "200", "retry-after": "1" })).toBe(200);
    expect(wait({ "retry-after": "Fri, 01 May 2026 12:00:20 GMT" })).toBe(20_000);
    expect(wait({ "retry-after": "Fri, 01 May 2026 11:00:00 GMT" })).toBe(0);
    for (const value of ["-5", "soon", "NaN", "", "1e9"])
      expect(wait({ "retry-after": value })).toBeNull();
    expect(wait({}, openAi("x", "Please try again in 1.2s. Visit …"))).toBe(1_200);
    expect(wait({}, openAi("x", "Please try again in 20ms."))).toBe(20);
    expect(wait({}, openAi("x", "Please try again in 6m0s."))).toBe(360_000);
    expect(wait({}, openAi("x", "please try again after 1 seconds"))).toBe(1_000);
    expect(wait({}, openAi("x", "Please try again in a while, 3s or so"))).toBeNull();
  });

  it("name the moment from which a limit no longer holds", () => {
    expect(classify({ status: 429, headers: { "retry-after": "7200" } }).details).toEqual({
      status: 429,
      retryAfterSeconds: 7200,
      retryAt: "2026-05-01T14:00:00.000Z",
    });
  });

  it.each<[string, unknown, object]>([
    [
      "OpenAI",
      "This model's maximum context length is 4096 tokens. However, your messages resulted in 5120 tokens.",
      { tokens: 5120, limit: 4096 },
    ],
    [
      "vLLM",
      "maximum context length is 4096 tokens. However, you requested 5120 tokens (4608 in",
      { tokens: 5120, limit: 4096 },
    ],
    [
      "Anthropic",
      "prompt is too long: 210,000 tokens > 200,000 maximum",
      { tokens: 210_000, limit: 200_000 },
    ],
    [
      "llama.cpp",
      { error: { type: "exceed_context_size_error", n_prompt_tokens: 9000, n_ctx: 8192 } },
      { tokens: 9000, limit: 8192 },
    ],
    ["DashScope", "Range of input length should be [1, 30720]", { limit: 30_720 }],
    ["nobody", "prompt is too long", {}],
  ])("name the figures of a conversation that is too long: %s", (_, body, figures) => {
    expect(classify({ status: 400, body })).toMatchObject({
      code: "context_too_long",
      whoActs: "user",
      details: { status: 400, ...figures },
    });
  });

  it("never carry the provider's words on", () => {
    for (const status of [400, 401, 403, 404, 429, 500]) {
      const classified = classify({
        status,
        body: openAi("sk-SECRET", "Incorrect API key provided: sk-SECRET, try again in 3s"),
        message: "Incorrect API key provided: sk-SECRET",
        headers: { "x-secret": "sk-SECRET" },
      });
      expect(JSON.stringify(classified)).not.toContain("SECRET");
    }
  });
});
