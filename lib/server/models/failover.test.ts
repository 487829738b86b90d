import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startProvider } from "@/e2e/provider/server";
import type { ErrorCode } from "@/lib/contracts/errors";
import { emptyCard } from "@/lib/contracts/cards";
import type { ResolvedModel } from "../db/aliases";
import { seal } from "../secrets/seal";
import { testModel, useCalls, type CallResult } from "./testing-calls";

const { calls, call } = useCalls();

beforeEach(() => {
  // The shortest wait of the jitter.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const hello = "You said: Hello";
const at = (name: string, given: Parameters<typeof testModel>[2] = {}) =>
  testModel(name, calls.provider.url, given);
/** A model of a provider of its own. */
const elsewhere = (name: string, baseUrl = calls.provider.url) =>
  testModel(name, baseUrl, { provider: { id: `provider-${name}`, name: `Home of ${name}` } });
const second = () => elsewhere("plain");
const askedNames = ({ asked }: CallResult) => asked.map(({ model }) => model.name);
const requestNames = () => calls.provider.requests().map(({ model }) => model);

describe("a call with a second model", () => {
  it.each<[string, ErrorCode, number]>([
    ["error-500", "provider_failed", 3],
    ["error-429", "provider_rate_limited", 1],
    ["error-401", "provider_key_refused", 1],
    ["error-403", "provider_forbidden", 1],
    ["error-404", "provider_model_missing", 1],
    ["error-400", "provider_rejected", 1],
    ["error-402", "provider_out_of_credit", 1],
    ["error-502-html", "provider_failed", 3],
    ["reset-before-headers", "connection_lost", 3],
    ["reset-after-headers", "connection_lost", 1],
    ["redirect", "provider_redirected", 1],
    ["page-instead", "provider_incompatible", 1],
  ])("is answered by it, once, when the first fails: %s", async (name, code, requests) => {
    const result = await call("", { targets: [elsewhere(name), second()] });
    expect([result.text, result.finish, result.failure]).toEqual([hello, "stop", null]);
    expect(requestNames()).toEqual([...Array.from({ length: requests }, () => name), "plain"]);
    // One booking for each request, and usage only where it was taken.
    expect(
      result.attempts.map(({ number, outcome, modelId }) => [number, outcome, modelId]),
    ).toEqual([
      ...Array.from({ length: requests }, (_, at) => [at + 1, "failed", `model-${name}`]),
      [requests + 1, "answered", "model-plain"],
    ]);
    expect(result.attempts.at(-1)?.usage).toMatchObject({ source: "reported" });
    expect(result.asked.map(({ failover }) => failover)).toEqual([
      null,
      {
        skipped: [{ model: name, provider: `Home of ${name}`, errorCode: code }],
        model: "plain",
        provider: "Home of plain",
      },
    ]);
  });

  it("is answered by it within its own time when the first is silent", async () => {
    const first = elsewhere("stall-headers");
    first.provider.callSettings = { headersTimeoutSeconds: 1, attempts: 1 };
    const startedMs = performance.now();
    const result = await call("", { targets: [first, second()] });
    expect([result.text, askedNames(result)]).toEqual([hello, ["stall-headers", "plain"]]);
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    expect(result.attempts.map(({ errorCode, usage }) => [errorCode, usage?.source])).toEqual([
      ["provider_timeout", "estimated"],
      [null, "reported"],
    ]);
  });

  it("is answered by it when nothing comes after the headers", async () => {
    const first = elsewhere("stall");
    first.provider.callSettings = { firstTokenTimeoutSeconds: 1 };
    const result = await call("", { targets: [first, second()] });
    expect(result.text).toBe(hello);
    await expect.poll(() => calls.provider.requests()[0]?.isClosedByClient).toBe(true);
  });

  it("is answered by it when nobody is there, or nobody of that name", async () => {
    const closed = await startProvider();
    await closed.close();
    for (const baseUrl of [closed.url, "https://nobody.invalid/v1"]) {
      const result = await call("", { targets: [elsewhere("away", baseUrl), second()] });
      expect([result.text, result.attempts.length]).toEqual([hello, 2]);
      expect(result.asked[1]?.failover?.skipped).toMatchObject([
        { model: "away", errorCode: "provider_unreachable" },
      ]);
    }
  });

  it("does not wait long for the first", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const startedMs = performance.now();
    calls.provider.script("Hello", async (one) => {
      if (one.request.model === "plain") return one.answer.sendAsDocument("here");
      one.answer.sendJson(429, { error: { message: "Slow down" } }, { "retry-after": "9" });
      return Promise.resolve();
    });
    const result = await call("", { targets: [elsewhere("first"), second()] });
    expect(result.text).toBe("here");
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    expect(result.attempts).toHaveLength(2);
  });

  it("waits for the first where the wait is short", async () => {
    const result = await call("", { targets: [elsewhere("error-429-retry"), second()] });
    expect([result.text, askedNames(result)]).toEqual([hello, ["error-429-retry"]]);
    expect(result.asked[0]?.failover).toBeNull();
  });

  it.each(["reset", "no-finish", "error-in-stream", "malformed-chunk", "stall-mid"])(
    "is never begun anew once something came: %s",
    async (name) => {
      const result = await call("", {
        targets: [elsewhere(name), second()],
        timeouts: { idleMs: 300 },
      });
      expect(result.failure).not.toBeNull();
      expect(result.text).toBe("This is the first part of the answer, ");
      expect(requestNames()).toEqual([name]);
    },
  );

  it("does not go round a filter", async () => {
    const result = await call("", { targets: [elsewhere("filtered-prompt"), second()] });
    expect(result.failure?.code).toBe("answer_filtered");
    expect(requestNames()).toEqual(["filtered-prompt"]);
  });

  it("is answered by any other where it was too long for the first", async () => {
    for (const contextWindow of [null, 2_000, 32_000]) {
      const next = { ...second(), contextWindow };
      const result = await call("", { targets: [elsewhere("context-too-long"), next] });
      expect(result.text).toBe(hello);
      expect(result.asked.at(-1)?.failover?.skipped).toMatchObject([
        { errorCode: "context_too_long" },
      ]);
    }
  });

  it("fails with what the last one met when none answers", async () => {
    const result = await call("", { targets: [elsewhere("error-401"), elsewhere("error-403")] });
    expect(result.failure?.code).toBe("provider_forbidden");
    expect(result.attempts.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("has one limit for the whole", async () => {
    const result = await call("", {
      targets: [elsewhere("stall-headers"), elsewhere("stall")],
      timeouts: { totalMs: 400 },
    });
    expect(result.failure?.code).toBe("provider_timeout");
    expect(result.attempts.length).toBeLessThanOrEqual(1);
  });
});

describe("a model that cannot do what is asked", () => {
  const image = {
    mediaType: "image/png" as const,
    readBytes: () => Promise.resolve(new Uint8Array([1, 2, 3])),
  };
  const withImage = [{ role: "user" as const, text: "Hello", images: [image] }];
  const blind: Partial<ResolvedModel> = {
    card: { ...emptyCard, capabilities: { vision: "no" }, source: "admin" },
  };

  it("is passed over without a request", async () => {
    const result = await call("", {
      targets: [at("echo", blind), second()],
      prompt: withImage,
    });
    expect(requestNames()).toEqual(["plain"]);
    expect(result.asked).toMatchObject([
      { failover: { skipped: [{ model: "echo", errorCode: "model_incapable" }] } },
    ]);
  });

  it("says so where there is no other", async () => {
    const result = await call("", { targets: [at("plain", blind)], prompt: withImage });
    expect(result.failure?.code).toBe("model_incapable");
    expect(result.failure?.details).toMatchObject({ needs: "vision" });
    expect(requestNames()).toEqual([]);
  });

  it("is passed over when its window is too small, for one that has room", async () => {
    const small = { contextWindow: 1_000 };
    const prompt = [
      { role: "system" as const, text: "word ".repeat(1_100) },
      { role: "user" as const, text: "Hello" },
    ];
    const result = await call("", { targets: [at("echo", small), second()], prompt });
    expect([result.text, askedNames(result)]).toEqual([hello, ["plain"]]);
    const alone = await call("", { targets: [at("plain", small)], prompt });
    expect(alone.failure?.code).toBe("context_too_long");
    expect(alone.failure?.details).toMatchObject({ limit: 750 });
  });

  it("is passed over when it wants a key of one's own, or all keys are set aside", async () => {
    const result = await call("", {
      targets: [
        at("echo", { provider: { allowsMemberKeys: true } }),
        at("slow", { provider: { asideCount: 2 } }),
        second(),
      ],
    });
    expect(requestNames()).toEqual(["plain"]);
    expect(result.asked[0]?.failover?.skipped.map(({ errorCode }) => errorCode)).toEqual([
      "own_key_missing",
      "provider_key_refused",
    ]);
    const alone = await call("", {
      targets: [at("echo", { provider: { allowsMemberKeys: true } })],
    });
    expect(alone.failure?.code).toBe("own_key_missing");
  });
});

describe("a stop", () => {
  const reason = new Error("stopped");

  it.each([["error-500"], ["error-429-retry"], ["stall-headers"], ["stall"]])(
    "ends it at once, and no other model is asked: %s",
    async (name) => {
      const controller = new AbortController();
      setTimeout(() => {
        controller.abort(reason);
      }, 200);
      const startedMs = performance.now();
      const result = await call("", {
        targets: [elsewhere(name), second()],
        signal: controller.signal,
      });
      expect(result.thrown).toBe(reason);
      expect(performance.now() - startedMs).toBeLessThan(500);
      expect(requestNames()).toEqual([name]);
    },
  );
});

describe("a key", () => {
  it("of nobody's is ever told", async () => {
    const canary = "sk-canary-1234567890";
    const refused = await startProvider();
    const model = testModel("plain", refused.url);
    model.provider.keys = [
      {
        id: "key-1",
        owner: "instance",
        sealed: seal(canary, { purpose: "provider-key", rowId: "key-1" }),
      },
    ];
    const result = await call("", { targets: [model] });
    await refused.close();
    expect(result.failure?.code).toBe("provider_key_refused");
    const { message, details } = result.failure ?? {};
    expect(JSON.stringify([result.attempts, result.asked, message, details])).not.toContain(canary);
  });
});
