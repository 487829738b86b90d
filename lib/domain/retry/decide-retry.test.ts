import { describe, expect, it } from "vitest";
import { classifyProviderError } from "../errors/classify-provider-error";
import type { ProviderFailure } from "../errors/provider-failure";
import { decideRetry } from "./decide-retry";

const decide = (failure: ProviderFailure, attempts = 1, random = 0.5, waitedMs = 0) =>
  decideRetry({ attempts, failure: classifyProviderError(failure, 0), waitedMs }, random);
const retryAfter = (seconds: number): ProviderFailure => ({
  status: 429,
  headers: { "retry-after": String(seconds) },
});

describe("decideRetry", () => {
  it("tries a provider's fault twice more, and no further", () => {
    for (const status of [408, 409, 425, 500, 502, 503, 504, 529]) {
      expect(decide({ status }, 1)).not.toBeNull();
      expect(decide({ status }, 2)).not.toBeNull();
      expect(decide({ status }, 3)).toBeNull();
    }
    expect(decide({ causeCodes: ["ECONNRESET"], phase: "before_headers" }, 2)).not.toBeNull();
  });

  it("spreads the waits between half a second and eight", () => {
    expect(decide({ status: 500 }, 1, 0)?.waitMs).toBe(500);
    expect(decide({ status: 500 }, 1, 0.999)?.waitMs).toBeLessThanOrEqual(4_000);
    expect(decide({ status: 500 }, 2, 0)?.waitMs).toBe(500);
    expect(decide({ status: 500 }, 2, 0.9999)?.waitMs).toBeGreaterThan(7_900);
    expect(decide({ status: 500 }, 2, 1)?.waitMs).toBe(8_000);
  });

  it("waits what the provider asks for, and a little more", () => {
    expect(decide(retryAfter(12), 1, 0)).toEqual({ waitMs: 12_000, countedMs: 12_000 });
    expect(decide(retryAfter(30), 1, 1)).toEqual({ waitMs: 30_250, countedMs: 30_000 });
    expect(decide({ status: 429, headers: { "retry-after-ms": "200" } }, 1, 0)?.waitMs).toBe(200);
    expect(decide({ status: 503, headers: { "retry-after": "2" } }, 1, 0)?.waitMs).toBe(2_000);
  });

  it("does not wait for a limit that lies further away", () => {
    expect(decide(retryAfter(31))).toBeNull();
    expect(
      decide({ status: 429, headers: { "retry-after": "Fri, 01 May 2026 12:00:00 GMT" } }),
    ).toBeNull();
  });

  it("waits thirty seconds in all, however they are divided", () => {
    expect(decide(retryAfter(20), 2, 0, 20_000)).toBeNull();
    expect(decide(retryAfter(10), 2, 0, 20_000)).not.toBeNull();
    expect(decide({ status: 500 }, 2, 1, 29_000)?.waitMs).toBe(1_000);
    expect(decide({ status: 500 }, 2, 1, 29_600)).toBeNull();
  });

  it("does not wait long where another model could answer", () => {
    const state = { attempts: 1, waitedMs: 0, hasAlternative: true };
    const wait = (failure: ProviderFailure, random = 0) =>
      decideRetry({ ...state, failure: classifyProviderError(failure, 0) }, random)?.waitMs ?? null;
    expect(wait(retryAfter(4))).toBe(4_000);
    expect(wait(retryAfter(5))).toBeNull();
    expect(wait({ status: 500 })).toBe(500);
    const second = { ...state, attempts: 2, failure: classifyProviderError({ status: 500 }, 0) };
    expect(decideRetry(second, 0.9)).toBeNull();
  });

  it("asks no more often than the provider's admin allows", () => {
    const failure = classifyProviderError({ status: 500 }, 0);
    const tries = (mostAttempts: number) =>
      [1, 2, 3].findIndex(
        (attempts) => decideRetry({ attempts, failure, waitedMs: 0, mostAttempts }, 0) === null,
      ) + 1;
    expect([1, 2, 3, 9].map(tries)).toEqual([1, 2, 3, 3]);
  });

  it("asks a silent server once more only", () => {
    const silence: ProviderFailure = { causeCodes: ["HEADERS_TIMEOUT"], phase: "before_headers" };
    expect(decide(silence, 1)).not.toBeNull();
    expect(decide(silence, 2)).toBeNull();
    // A gateway's own 504 is an answer, not silence.
    expect(decide({ status: 504 }, 2)).not.toBeNull();
  });

  it.each<[string, ProviderFailure]>([
    ["an empty account", { status: 429, body: { error: { code: "insufficient_quota" } } }],
    ["an empty account that asks to wait", { status: 402, headers: { "retry-after": "1" } }],
    ["a conversation that is too long", { status: 400, body: "prompt is too long" }],
    ["a body that is too large", { status: 413 }],
    ["a refusal", { status: 400 }],
    ["a refused key", { status: 401 }],
    ["a forbidden use", { status: 403 }],
    ["a missing model", { status: 404 }],
    ["an unknown host", { causeCodes: ["ENOTFOUND"], phase: "before_headers" }],
    ["a bad certificate", { causeCodes: ["CERT_HAS_EXPIRED"], phase: "before_headers" }],
    ["a redirect", { causeCodes: ["PROVIDER_REDIRECTED"], phase: "before_headers" }],
    ["a silent model", { causeCodes: ["FIRST_TOKEN_TIMEOUT"], phase: "before_content" }],
    ["what broke after text had come", { status: 500, phase: "in_content" }],
    ["a rate limit after text had come", { ...retryAfter(1), phase: "in_content" }],
  ])("never tries again: %s", (_, failure) => {
    expect(decide(failure)).toBeNull();
  });
});
