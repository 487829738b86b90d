import { describe, expect, it } from "vitest";
import { dialectNames, findDialectRules, type DialectName } from "@/e2e/provider/dialects/find";
import type { Parameters } from "@/lib/contracts/parameters";
import type { CallAttempt } from "@/lib/domain/answer/attempt";
import { fixedContext } from "../call-context";
import { callModel } from "../call-model";
import type { ModelCall } from "../model-call";
import { makePolicy, testModel, useCalls } from "../testing-calls";
import { examine } from "./testing-diagnosis";

const models = dialectNames.flatMap((name) =>
  Object.keys(findDialectRules(name)?.models ?? {}).map((model): [DialectName, string] => [
    name,
    model,
  ]),
);

const everything: Parameters = {
  temperature: 0.3,
  topP: 0.9,
  frequencyPenalty: 0.2,
  presencePenalty: 0.2,
  maxOutputTokens: 400,
  stop: ["@@"],
  seed: 7,
  reasoningEffort: "high",
};

const { calls } = useCalls();

/** Asks a model through the gate, by the card that a test has written. */
async function askDiagnosed(name: DialectName, modelName: string, parameters: Parameters) {
  const kind = name === "strict-gateway" ? "openai-compatible" : name;
  const baseUrl = calls.provider.dialectUrl(name);
  const apiVersion = name === "azure" ? "2024-10-21" : null;
  const { card } = await examine({ kind, baseUrl, apiVersion, key: null, modelName });
  calls.provider.reset();
  const attempts: CallAttempt[] = [];
  let text = "";
  const call: ModelCall = {
    actor: { userId: "user", role: "member" },
    purpose: { callId: "call", kind: "answer", conversationId: null, answerId: null },
    targets: [testModel(modelName, baseUrl, { card, provider: { kind, apiVersion } as never })],
    parameters,
    context: fixedContext([{ role: "user", text: "Hello" }]),
    timeouts: {
      connectMs: 5_000,
      headersMs: 5_000,
      firstTokenMs: 5_000,
      idleMs: 5_000,
      totalMs: 20_000,
    },
    onAttempt: (attempt) => attempts.push(attempt),
    signal: new AbortController().signal,
  };
  for await (const event of callModel(call, makePolicy()))
    if (event.type === "text") text += event.delta;
  return { text, attempts, requests: calls.provider.requests() };
}

describe("after a test, a request with every parameter set", () => {
  it.each(models)("is taken at once by %s, %s", async (name, modelName) => {
    const { text, requests } = await askDiagnosed(name, modelName, everything);
    expect(text).toContain("You said: Hello");
    expect(requests).toHaveLength(1);
  });

  it.each<[DialectName, string, object, string[]]>([
    [
      "openai",
      "gpt-strict",
      { temperature: 0.3, top_p: 0.9, max_completion_tokens: 400, stop: ["@@"], seed: 7 },
      ["reasoning_effort", "max_tokens"],
    ],
    [
      "azure",
      "o-deployment",
      { reasoning_effort: "high", max_completion_tokens: 400 },
      ["temperature", "stop"],
    ],
    ["ollama", "qwen3:8b", { reasoning_effort: "high", max_tokens: 400, seed: 7 }, ["n"]],
    ["strict-gateway", "cellar-model", { temperature: 0.3 }, ["stream_options", "seed", "stop"]],
  ])("has what %s, %s is known to take", async (name, modelName, taken, leftOut) => {
    const { requests } = await askDiagnosed(name, modelName, everything);
    const body = requests[0]?.body as Record<string, unknown>;
    expect(body).toMatchObject(taken);
    for (const field of leftOut) expect(body).not.toHaveProperty(field);
  });

  it.each(models)("for JSON too, by %s, %s", async (name, modelName) => {
    const parameters = { ...everything, responseFormat: { type: "json" } as const };
    const { text, requests } = await askDiagnosed(name, modelName, parameters);
    expect(text).not.toBe("");
    expect(requests).toHaveLength(1);
  });
});
