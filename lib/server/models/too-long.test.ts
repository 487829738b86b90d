import { beforeEach, describe, expect, it } from "vitest";
import { plainBranchContext, type ContextPolicy } from "@/lib/contracts/context";
import { countText } from "@/lib/domain/tokens/count-text";
import type { CallContext, ContextMessage } from "./call-context";
import { testModel, useCalls, type CallResult } from "./testing-calls";

const { calls, call } = useCalls();

let count = 0;
beforeEach(() => {
  // What was learned of one model is not known of the next.
  count += 1;
});
const at = (name: string, given: Parameters<typeof testModel>[2] = {}) =>
  testModel(name, calls.provider.url, {
    id: `model-${String(count)}-${name}`,
    ...given,
    provider: { id: `provider-${name}`, name: `Home of ${name}`, ...given.provider },
  });

const whole: ContextPolicy = { kind: "window", rounds: 1_000, tokens: 1_000_000 };

/** A conversation of so many rounds of these words, and a question. */
function talkOf(rounds: number, words = "Tell me about the ships in the harbour. ".repeat(8)) {
  const messages = Array.from({ length: rounds }, (_, at) => [
    { role: "user" as const, text: `Question ${String(at + 1)}. ${words}` },
    { role: "assistant" as const, text: `Answer ${String(at + 1)}. ${words}` },
  ]).flat();
  return [...messages, { role: "user" as const, text: "And what is it now?" }];
}

function toContext(
  messages: readonly Pick<ContextMessage, "role" | "text">[],
  given: Partial<CallContext> = {},
): CallContext {
  return {
    system: "Be brief.",
    summary: null,
    branch: messages.map((message, at) => ({
      ...message,
      id: `m${String(at)}`,
      counts: countText(message.text),
    })),
    isWhole: true,
    newestCount: 1,
    policy: whole,
    context: plainBranchContext,
    toolTokens: 0,
    ...given,
  };
}

const requests = () => calls.provider.requests();
const bodies = () =>
  requests().map(({ body }) => body as { messages: { role: string; content: string }[] });
const lengths = () => bodies().map(({ messages }) => messages.length);
const outcomes = ({ attempts }: CallResult) => attempts.map(({ outcome }) => outcome);
const cuts = ({ asked }: CallResult) => asked.map(({ sent }) => sent.isCutAgain);

describe("a model whose window is smaller than its card says", () => {
  it("is asked once more, with less, and the answer is there", async () => {
    const result = await call("", {
      targets: [at("brief@2000", { contextWindow: 8_000 })],
      context: toContext(talkOf(40)),
    });
    expect([result.finish, result.failure]).toEqual(["stop", null]);
    expect(requests().map(({ isTooLong }) => isTooLong)).toEqual([true, false]);
    expect(cuts(result)).toEqual([false, true]);
    // Booked apart; the refused one used nothing.
    expect(
      result.attempts.map(({ number, outcome, errorCode, usage }) => [
        number,
        outcome,
        errorCode,
        usage?.source,
      ]),
    ).toEqual([
      [1, "failed", "context_too_long", undefined],
      [2, "answered", null, "reported"],
    ]);
    // By the window that the provider has named.
    expect(result.asked[1]?.sent.plan.window).toBe(2_000);
    const [first, second] = bodies();
    expect(second?.messages.length).toBeLessThan(first?.messages.length ?? 0);
    expect(second?.messages[0]).toEqual({ role: "system", content: "Be brief." });
    expect(second?.messages.at(-1)?.content).toBe("And what is it now?");
  });

  it("is not asked too much the next time", async () => {
    const model = at("brief@2000", { contextWindow: 8_000 });
    const context = toContext(talkOf(40));
    await call("", { targets: [model], context });
    const result = await call("", { targets: [model], context });
    expect([result.finish, cuts(result)]).toEqual(["stop", [false]]);
    expect(requests().map(({ isTooLong }) => isTooLong)).toEqual([true, false, false]);
  });

  it("is asked for a quarter less where it names no figures", async () => {
    const model = at("brief@2000s", { contextWindow: 4_000 });
    const context = toContext(talkOf(40));
    const result = await call("", { targets: [model], context });
    expect([result.finish, cuts(result)]).toEqual(["stop", [false, true]]);
    const [first, second] = result.asked.map(({ sent }) => sent.inputTokens);
    expect(second).toBeLessThanOrEqual((first ?? 0) * 0.75);
    // What it kept to itself is known once it has answered.
    const next = await call("", { targets: [model], context });
    expect([next.finish, cuts(next)]).toEqual(["stop", [false]]);
  });

  it("fails with what it is when it refuses twice, and is asked no third time", async () => {
    const model = at("brief@1000s", { contextWindow: 8_000 });
    const result = await call("", { targets: [model], context: toContext(talkOf(40)) });
    expect(result.failure?.code).toBe("context_too_long");
    expect([outcomes(result), cuts(result)]).toEqual([
      ["failed", "failed"],
      [false, true],
    ]);
  });

  it("is told in all dialects", async () => {
    for (const [dialect, name] of [
      ["vllm", "Qwen/Qwen3-32B@2000!brief"],
      ["dashscope", "qwen-plus@2000!brief"],
    ] as const) {
      const model = at(name, {
        contextWindow: 4_000,
        provider: { kind: dialect, baseUrl: calls.provider.dialectUrl(dialect) },
      });
      const result = await call("", { targets: [model], context: toContext(talkOf(40)) });
      expect([dialect, result.finish, cuts(result)]).toEqual([dialect, "stop", [false, true]]);
      expect(result.asked[1]?.sent.plan.window).toBe(2_000);
    }
  });
});

describe("a model that counts more tokens than we do", () => {
  it("is planned for by the tokens that it named", async () => {
    const model = at("brief@4000c", { contextWindow: 4_000 });
    const context = toContext(talkOf(30, "海港里的船只与灯塔。".repeat(12)));
    const result = await call("", { targets: [model], context });
    expect(result.finish).toBe("stop");
    expect(requests().at(-1)?.isTooLong).toBe(false);
    expect(requests().length).toBeLessThanOrEqual(2);
  });
});

describe("a model after one that found it too long", () => {
  it("gets a plan of its own: more where its window is larger", async () => {
    const result = await call("", {
      targets: [
        at("brief@600s", { contextWindow: 8_000 }),
        at("brief@32000", { contextWindow: 32_000 }),
      ],
      context: toContext(talkOf(80)),
    });
    expect([result.finish, outcomes(result)]).toEqual(["stop", ["failed", "failed", "answered"]]);
    expect(cuts(result)).toEqual([false, true, false]);
    const [first = 0, again = 0, other = 0] = lengths();
    expect(again).toBeLessThan(first);
    expect(other).toBeGreaterThan(first);
    expect(result.asked.at(-1)?.failover?.skipped).toMatchObject([
      { errorCode: "context_too_long" },
    ]);
  });

  it("gets less where its window is smaller", async () => {
    const result = await call("", {
      targets: [
        at("error-401", { contextWindow: 32_000 }),
        at("brief@2000", { contextWindow: 2_000 }),
      ],
      context: toContext(talkOf(60)),
    });
    expect([result.finish, cuts(result)]).toEqual(["stop", [false, false]]);
    const [first = 0, other = 0] = lengths();
    expect(other).toBeLessThan(first / 2);
  });
});

describe("room for the answer", () => {
  const limitsOf = () =>
    requests().map(({ body }) => (body as { max_tokens?: number }).max_tokens ?? null);

  it("is no larger than what the prompt leaves", async () => {
    const model = at("brief@2000", { contextWindow: 2_000 });
    const result = await call("", {
      targets: [model],
      context: toContext(talkOf(40)),
      parameters: { maxOutputTokens: 50_000 },
    });
    expect([result.finish, cuts(result)]).toEqual(["stop", [false]]);
    const [limit] = limitsOf();
    const sent = result.asked[0]?.sent.inputTokens ?? 0;
    expect(limit).toBeGreaterThanOrEqual(1_000);
    expect(limit).toBeLessThan(2_000 - sent);
    expect(result.attempts[0]?.leftOut).toEqual([
      { name: "maxOutputTokens", reason: "only_some_values" },
    ]);
  });

  it("is asked for as it was wanted where there is room, and not at all where it was not", async () => {
    const model = at("brief@2000", { contextWindow: 2_000 });
    const context = toContext(talkOf(2));
    await call("", { targets: [model], context, parameters: { maxOutputTokens: 300 } });
    await call("", { targets: [model], context });
    expect(limitsOf()).toEqual([300, null]);
  });

  it("gives way where a server finds prompt and answer too long together", async () => {
    const model = at("Qwen/Qwen3-32B@2000!brief", {
      provider: { kind: "vllm", baseUrl: calls.provider.dialectUrl("vllm") },
    });
    const result = await call("", {
      targets: [model],
      context: toContext(talkOf(2)),
      parameters: { maxOutputTokens: 4_000 },
    });
    expect([result.finish, cuts(result)]).toEqual(["stop", [false, true]]);
    expect(lengths()[0]).toBe(lengths()[1]);
    expect(limitsOf()[1]).toBeLessThan(2_000);
  });
});

describe("what cannot fit", () => {
  it("is refused with its figures, and no request goes out", async () => {
    const context = toContext([{ role: "user", text: "Hello" }], {
      system: "Never forget: ".repeat(2_000),
    });
    const result = await call("", { targets: [at("brief", { contextWindow: 1_000 })], context });
    expect(result.failure?.code).toBe("context_too_long");
    expect(result.failure?.details?.["limit"]).toBeLessThan(1_000);
    expect(result.failure?.details?.["tokens"]).toBeGreaterThan(1_000);
    expect([requests(), result.attempts, result.asked]).toEqual([[], [], []]);
  });

  it("goes to the first model that has room", async () => {
    const context = toContext([{ role: "user", text: "Hello" }], {
      system: "Never forget: ".repeat(2_000),
    });
    const result = await call("", {
      targets: [at("plain", { contextWindow: 1_000 }), at("brief", { contextWindow: 64_000 })],
      context,
    });
    expect([result.finish, requests().map(({ model }) => model)]).toEqual(["stop", ["brief"]]);
  });
});

describe("roles", () => {
  it("alternate on the wire, whatever the branch is like", async () => {
    const say = (role: "user" | "assistant", text: string) => ({ role, text });
    for (const branch of [
      [say("user", "One."), say("user", "Two."), say("user", "Three.")],
      [
        say("assistant", "Before."),
        say("user", "One."),
        say("assistant", "1"),
        say("user", "Two."),
      ],
      [say("user", "One."), say("assistant", "1"), say("assistant", "2"), say("user", "Two.")],
    ])
      for (const systemRole of ["system", "none"] as const) {
        const model = at("strict-roles", {
          card: { capabilities: {}, parameters: {}, fixed: [], systemRole, source: "admin" },
        });
        const result = await call("", { targets: [model], context: toContext(branch) });
        expect([result.finish, result.failure]).toEqual(["stop", null]);
      }
  });
});
