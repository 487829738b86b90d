import { createServer, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startProvider } from "@/e2e/provider/server";
import { useCalls } from "./testing-calls";

const { calls, call } = useCalls();

beforeEach(() => {
  // The shortest wait of the jitter.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const waits = (events: { type: string }[]) => events.filter((event) => event.type === "waiting");

describe("a call that fails before anything came", () => {
  it.each(["error-500", "error-502-html", "error-529"])(
    "is tried three times in all: %s",
    async (model) => {
      const { failure, attempts, events } = await call(model);
      expect(failure?.code).toMatch(/provider_failed|provider_timeout/);
      expect(calls.provider.requests()).toHaveLength(3);
      expect(attempts.map(({ number, outcome, usage }) => [number, outcome, usage])).toEqual([
        [1, "failed", null],
        [2, "failed", null],
        [3, "failed", null],
      ]);
      expect(attempts[0]?.httpStatus).toBe(failure?.details?.["status"]);
      expect(waits(events)).toEqual([
        { type: "waiting", retry: { attempt: 2, of: 3, waitMs: 500, errorCode: failure?.code } },
        { type: "waiting", retry: { attempt: 3, of: 3, waitMs: 500, errorCode: failure?.code } },
      ]);
    },
  );

  it.each([
    ["error-500-once", 2],
    ["error-500-twice", 3],
    ["reset-before-headers-once", 2],
    ["error-first-once", 2],
    ["error-429-ms", 2],
    ["error-429-words", 2],
  ])("is one answer as soon as a try succeeds: %s", async (model, requests) => {
    const { text, finish, attempts } = await call(model);
    expect(text).toBe("You said: Hello");
    expect(finish).toBe("stop");
    expect(calls.provider.requests()).toHaveLength(requests);
    expect(attempts.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: requests - 1 }, () => "failed"),
      "answered",
    ]);
    expect(attempts.at(-1)?.usage).toMatchObject({ source: "reported" });
  });

  it("waits as long as the provider asks for", async () => {
    const startedMs = performance.now();
    const { text, events } = await call("error-429-retry");
    expect(text).toBe("You said: Hello");
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(990);
    expect(waits(events)).toMatchObject([
      { retry: { waitMs: 1000, errorCode: "provider_rate_limited" } },
    ]);
  });

  it.each([
    ["error-429", "provider_rate_limited"],
    ["error-429-quota", "provider_out_of_credit"],
    ["error-402", "provider_out_of_credit"],
    ["error-400", "provider_rejected"],
    ["error-401", "provider_key_refused"],
    ["error-403", "provider_forbidden"],
    ["error-404", "provider_model_missing"],
    ["error-413", "context_too_long"],
    ["context-too-long", "context_too_long"],
    ["filtered-prompt", "answer_filtered"],
    ["redirect", "provider_redirected"],
    ["page-instead", "provider_incompatible"],
    ["text-instead", "provider_incompatible"],
    ["malformed-first", "provider_incompatible"],
    ["reset-after-headers", "connection_lost"],
  ])("is asked once where asking again does not help: %s", async (model, code) => {
    const { failure, events, attempts } = await call(model);
    expect(failure?.code).toBe(code);
    expect(events).toEqual([]);
    expect(calls.provider.requests()).toHaveLength(1);
    expect(attempts).toMatchObject([{ number: 1, outcome: "failed", errorCode: code }]);
    expect(JSON.stringify([failure?.message, failure?.details])).not.toContain("sk-test");
  });

  it("is asked again where an error comes as a document with status 200", async () => {
    const { failure } = await call("error-instead");
    expect(failure?.code).toBe("provider_rate_limited");
    expect(calls.provider.requests()).toHaveLength(3);
  });

  it("says how long the conversation was, and until when a limit holds", async () => {
    expect((await call("context-too-long")).failure?.details).toMatchObject({
      tokens: 5120,
      limit: 4096,
    });
    const { failure } = await call("error-429");
    const leftMs = Date.parse(String(failure?.details?.["retryAt"])) - Date.now();
    expect(leftMs).toBeGreaterThan(110_000);
    expect(leftMs).toBeLessThanOrEqual(120_000);
  });
});

describe("nobody there", () => {
  const at = (baseUrl: string) => call("plain", { baseUrl });

  it("is found out at once, and not asked again", async () => {
    const closed = await startProvider();
    await closed.close();
    for (const baseUrl of [closed.url, "https://nobody.invalid/v1"]) {
      const { failure, attempts, events } = await at(baseUrl);
      expect(failure?.code).toBe("provider_unreachable");
      expect(attempts).toMatchObject([{ outcome: "failed", httpStatus: null, usage: null }]);
      expect(events).toEqual([]);
    }
  });

  it("is told from somebody who does not speak TLS", async () => {
    const { failure, attempts } = await at(calls.provider.url.replace("http:", "https:"));
    expect(failure?.code).toBe("provider_certificate_refused");
    expect(attempts).toHaveLength(1);
  });

  it("is given up when no connection comes about in time", async () => {
    // Somebody listens who never answers the greeting of TLS.
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const startedMs = performance.now();
    const { failure } = await call("plain", {
      baseUrl: `https://127.0.0.1:${String(port)}/v1`,
      timeouts: { connectMs: 1_000 },
    });
    expect(failure?.code).toBe("provider_unreachable");
    expect(performance.now() - startedMs).toBeLessThan(4_000);
    server.close();
  });
});

describe("silence", () => {
  it("before the headers is borne twice, and used what was sent", async () => {
    const { failure, attempts, events, asked } = await call("stall-headers", {
      timeouts: { headersMs: 200 },
    });
    expect(failure?.code).toBe("provider_timeout");
    expect(calls.provider.requests()).toHaveLength(2);
    expect(waits(events)).toHaveLength(1);
    expect(attempts.map(({ usage }) => usage)).toEqual([
      { inputTokens: asked[0]?.sent.inputTokens, outputTokens: 0, source: "estimated" },
      { inputTokens: asked[0]?.sent.inputTokens, outputTokens: 0, source: "estimated" },
    ]);
  });

  it("before the headers may pass", async () => {
    const { text } = await call("stall-headers-once", { timeouts: { headersMs: 200 } });
    expect(text).toBe("You said: Hello");
  });

  it.each([
    ["stall", { firstTokenMs: 300 }],
    ["stall-mid", { idleMs: 300 }],
  ])("after them is not: %s", async (model, timeouts) => {
    const { failure, attempts, text } = await call(model, { timeouts });
    expect(failure?.code).toBe("provider_timeout");
    expect(attempts).toMatchObject([{ outcome: "failed", usage: { source: "estimated" } }]);
    expect(text).toBe(model === "stall-mid" ? "This is the first part of the answer, " : "");
    await expect.poll(() => calls.provider.requests()[0]?.isClosedByClient).toBe(true);
  });

  it("is not held against an answer that takes its time, but the whole has its limit", async () => {
    expect((await call("pace-20-30", { timeouts: { idleMs: 300 } })).finish).toBe("stop");
    const { failure, text } = await call("slow", { timeouts: { totalMs: 500 } });
    expect(failure?.code).toBe("provider_timeout");
    expect(text.length).toBeGreaterThan(0);
  });
});

describe("a stop", () => {
  const reason = new Error("stopped");
  const stopAfter = (ms: number) => {
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort(reason);
    }, ms);
    return controller.signal;
  };

  it.each(["stall-headers", "stall", "stall-mid", "slow"])(
    "is thrown as what it is, and closes the provider's connection: %s",
    async (model) => {
      const { thrown, attempts } = await call(model, { signal: stopAfter(200) });
      expect(thrown).toBe(reason);
      expect(attempts).toMatchObject([{ outcome: "aborted", usage: { source: "estimated" } }]);
      await expect.poll(() => calls.provider.requests()[0]?.isClosedByClient).toBe(true);
    },
  );

  it("ends a wait at once, and no further try is made", async () => {
    const startedMs = performance.now();
    const { thrown, attempts } = await call("error-429-retry", { signal: stopAfter(100) });
    expect(thrown).toBe(reason);
    expect(performance.now() - startedMs).toBeLessThan(600);
    expect(attempts).toHaveLength(1);
    expect(calls.provider.requests()).toHaveLength(1);
  });

  it("before the start costs nothing", async () => {
    const { thrown, attempts } = await call("plain", { signal: AbortSignal.abort(reason) });
    expect(thrown).toBe(reason);
    expect(attempts).toEqual([]);
  });
});

describe("an answer that breaks off", () => {
  it.each([
    ["reset", "connection_lost"],
    ["no-finish", "connection_lost"],
    ["error-in-stream", "provider_failed"],
    ["malformed-chunk", "answer_damaged"],
  ])("keeps what came, and is never asked for again: %s", async (model, code) => {
    const { failure, text, attempts, asked } = await call(model);
    const inputTokens = asked[0]?.sent.inputTokens;
    expect(inputTokens).toBeGreaterThan(5);
    expect(failure?.code).toBe(code);
    expect(text).toBe("This is the first part of the answer, ");
    expect(calls.provider.requests()).toHaveLength(1);
    expect(attempts).toMatchObject([
      { outcome: "failed", httpStatus: 200, usage: { inputTokens, source: "estimated" } },
    ]);
  });

  it("is whole all the same when the model had said that it was finished", async () => {
    for (const model of ["reset-after-finish", "no-done", "done-and-open"]) {
      const startedMs = performance.now();
      const { finish, text, attempts } = await call(model);
      expect([finish, text]).toEqual(["stop", "This answer is whole."]);
      expect(attempts).toMatchObject([{ outcome: "answered", usage: { source: "reported" } }]);
      expect(performance.now() - startedMs).toBeLessThan(2_000);
    }
  });

  it("is cut where it never ends", async () => {
    const { finish, text } = await call("endless");
    expect(finish).toBe("length");
    expect(text.length).toBe(2_000_000);
    await expect.poll(() => calls.provider.requests()[0]?.isClosedByClient).toBe(true);
  }, 30_000);
});

describe("a dialect", () => {
  const whole = "This answer is whole.";

  it.each([
    ["usage-none", "estimated", null],
    ["usage-strings", "reported", 12],
    ["usage-twice", "reported", 12],
    ["usage-each-chunk", "reported", 12],
    ["usage-zero", "estimated", null],
    ["bad-usage", "estimated", null],
  ])("of usage costs no answer: %s", async (model, source, reported) => {
    const { text, finish, attempts, asked } = await call(model);
    const inputTokens = reported ?? asked[0]?.sent.inputTokens;
    expect([text, finish]).toEqual([whole, "stop"]);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.usage).toMatchObject({ source, inputTokens });
    expect(attempts[0]?.usage?.outputTokens).toBeGreaterThan(0);
    expect(attempts[0]?.usage?.outputTokens).toBeLessThan(100);
  });

  it.each([
    ["finish-twice", "stop"],
    ["finish-unknown", "other"],
    ["azure-frames", "stop"],
    ["late-filter", "content-filter"],
    ["text-and-tools", "tool-calls"],
    ["reasoning-field", "stop"],
    ["crlf-and-comments", "stop"],
    ["json-instead", "stop"],
  ])("of the end is read: %s", async (model, reason) => {
    const { text, finish } = await call(model);
    expect(text).toBe(model === "json-instead" ? "You said: Hello" : whole);
    expect(finish).toBe(reason);
  });

  it("of a failure that is no error object is a failure", async () => {
    const { failure, text } = await call("finish-error");
    expect([failure?.code, text]).toEqual(["provider_failed", whole]);
  });

  it("shows a refusal, and thoughts that lead to nothing as thoughts", async () => {
    expect(await call("refusal")).toMatchObject({
      text: "I can't help with that.",
      finish: "stop",
    });
    expect(await call("reasoning-only")).toMatchObject({
      text: "",
      reasoning: "I think and think.",
      finish: "stop",
    });
  });

  it("asks for tools in vain: nothing is run, and there is no text", async () => {
    expect(await call("tool-calls")).toMatchObject({
      text: "",
      finish: "tool-calls",
      failure: null,
    });
  });

  it("joins a character that two deltas share, and replaces half of one", async () => {
    const { text } = await call("surrogates-split");
    expect(text).toBe("A smile: 😀, and half of one: � done.");
  });
});
