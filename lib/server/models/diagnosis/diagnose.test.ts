import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dialectNames, findDialectRules, type DialectName } from "@/e2e/provider/dialects/find";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import { diagnosisStepNames } from "@/lib/contracts/diagnosis";
import { examine } from "./testing-diagnosis";

let provider: ScriptedProvider;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.reset();
});

function examineDialect(name: DialectName, modelName: string, options = {}) {
  return examine(
    {
      kind: name === "strict-gateway" ? "openai-compatible" : name,
      baseUrl: provider.dialectUrl(name),
      apiVersion: name === "azure" ? "2024-10-21" : null,
      key: findDialectRules(name)?.isOpen === true ? null : "sk-test",
      modelName,
    },
    options,
  );
}

// Capabilities: streaming, usage in the stream, tools, vision, JSON, JSON schema, reasoning.
// Parameters: temperature, top_p, frequency and presence penalty, stop, n, seed, effort.
// + yes, - no, ? unknown.
const capabilityNames = [
  "streaming",
  "usageInStream",
  "tools",
  "vision",
  "json",
  "jsonSchema",
  "reasoning",
] as const;
const parameterNames = [
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
  "stop",
  "n",
  "seed",
  "reasoningEffort",
] as const;

const newLimit = "max_completion_tokens";
const oldLimit = "max_tokens";
const switchable = ["none", "minimal", "low", "medium", "high"];

type Row = [
  name: DialectName,
  model: string,
  capabilities: string,
  parameters: string,
  limit: string,
  reasoning: { field: string; back?: string; efforts?: string[] },
];

const none = { field: "none" };

const table: Row[] = [
  ["openai", "gpt-strict", "++++++-", "+++++++-", newLimit, none],
  [
    "openai",
    "o-strict",
    "+++-+++",
    "-----+++",
    newLimit,
    { field: "none", efforts: ["low", "medium", "high"] },
  ],
  ["azure", "gpt-deployment", "++++++-", "+++++++-", newLimit, none],
  [
    "azure",
    "o-deployment",
    "+++-+++",
    "-----+++",
    newLimit,
    { field: "none", efforts: ["low", "medium", "high"] },
  ],
  ["deepseek", "deepseek-chat", "+++-+--", "+++++---", oldLimit, none],
  [
    "deepseek",
    "deepseek-v4-pro",
    "+++-+-+",
    "+++++--+",
    oldLimit,
    { field: "reasoning_content", back: "always", efforts: ["none", "low", "high", "xhigh"] },
  ],
  [
    "deepseek",
    "deepseek-reasoner",
    "+++-+-+",
    "+++++---",
    oldLimit,
    { field: "reasoning_content", back: "never" },
  ],
  [
    "dashscope",
    "qwen-plus",
    "+++-+-+",
    "++++++++",
    oldLimit,
    { field: "reasoning_content", back: "never", efforts: switchable },
  ],
  ["dashscope", "qwen-vl-max", "++-++--", "+++++++-", oldLimit, none],
  [
    "dashscope",
    "qwen3-strict",
    "+++-+-+",
    "++++++++",
    oldLimit,
    { field: "reasoning_content", back: "never", efforts: switchable },
  ],
  [
    "ark",
    "doubao-seed",
    "+++++++",
    "+++++--+",
    oldLimit,
    { field: "reasoning_content", back: "never", efforts: switchable },
  ],
  ["ark", "doubao-lite", "+++-++-", "+++++---", oldLimit, none],
  [
    "siliconflow",
    "Qwen/Qwen3-8B",
    "+++-+-+",
    "++++++++",
    oldLimit,
    { field: "reasoning_content", back: "never", efforts: switchable },
  ],
  ["siliconflow", "Qwen/Qwen2.5-7B-Instruct", "+++-+--", "+++++++-", oldLimit, none],
  ["01-ai", "yi-lightning", "++?----", "++++--+-", oldLimit, none],
  ["01-ai", "yi-vision", "++?+---", "++++--+-", oldLimit, none],
  ["ollama", "llama3.2", "+++-++-", "+++++-+-", oldLimit, none],
  [
    "ollama",
    "qwen3:8b",
    "+++-+++",
    "+++++-++",
    oldLimit,
    { field: "reasoning", back: "never", efforts: ["none", "low", "medium", "high"] },
  ],
  ["ollama", "gemma3:4b", "++-+++-", "+++++-+-", oldLimit, none],
  ["ollama", "deepseek-r1:1.5b", "++--+++", "+++++-+-", oldLimit, { field: "think_tags" }],
  ["lm-studio", "qwen2.5-7b-instruct", "+++--+-", "+++++-+-", oldLimit, none],
  ["lm-studio", "qwen2.5-vl-7b", "++++-+-", "+++++-+-", oldLimit, none],
  [
    "vllm",
    "Qwen/Qwen3-32B",
    "+++-+++",
    "++++++++",
    oldLimit,
    { field: "reasoning", back: "never", efforts: ["none", "high"] },
  ],
  ["vllm", "meta-llama/Llama-3.1-8B-Instruct", "++--++-", "+++++++-", oldLimit, none],
  ["strict-gateway", "cellar-model", "-------", "++------", oldLimit, none],
];

const signs = { yes: "+", no: "-", unknown: "?" } as const;

describe("the card of a model after a test", () => {
  it("is written down here for every model of every dialect", () => {
    const played = dialectNames.flatMap((name) =>
      Object.keys(findDialectRules(name)?.models ?? {}).map((model) => `${name} ${model}`),
    );
    expect(table.map(([name, model]) => `${name} ${model}`)).toEqual(played);
  });

  it.each(table)("%s, %s", async (name, model, capabilities, parameters, limit, reasoning) => {
    const { card, requests, steps, findings } = await examineDialect(name, model);
    expect({
      capabilities: capabilityNames
        .map((one) => signs[card.capabilities[one] ?? "unknown"])
        .join(""),
      parameters: parameterNames.map((one) => signs[card.parameters[one] ?? "unknown"]).join(""),
      limit: card.outputLimitField,
      reasoning: {
        field: card.reasoningField,
        ...(card.reasoningBack === undefined ? {} : { back: card.reasoningBack }),
        ...(card.reasoningEfforts === undefined ? {} : { efforts: card.reasoningEfforts }),
      },
    }).toEqual({ capabilities, parameters, limit, reasoning });
    expect(card).toMatchObject({ source: "diagnosis", checkedAt: expect.any(String) });
    expect(findings).toMatchObject({ reachable: "ok", answers: "ok" });
    expect(steps.map((step) => step.name)).toEqual([...diagnosisStepNames]);
    expect(requests).toBeLessThanOrEqual(25);
  });

  it("costs a few hundred tokens", async () => {
    const { tokens } = await examineDialect("vllm", "Qwen/Qwen3-32B");
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThan(1000);
  });
});

describe("the key", () => {
  it("is good only where a made-up one is not", async () => {
    const { findings } = await examineDialect("vllm", "Qwen/Qwen3-32B");
    expect(findings.key).toBe("ok");
    const open = await startProvider({ key: null });
    const { steps } = await examine({ baseUrl: open.url, modelName: "plain" });
    await open.close();
    const key = steps.find(({ name }) => name === "key");
    expect(key).toMatchObject({ finding: "unclear", details: { isChecked: false } });
  });

  it("is not proven by a list that is open to everybody", async () => {
    const target = { baseUrl: provider.dialectUrl("ollama"), kind: "ollama" } as const;
    const quick = await examine({ ...target, key: "sk-wrong" }, { isQuick: true });
    expect(quick.findings.key).toBe("unclear");
    const whole = await examine({ ...target, key: "sk-wrong", modelName: "llama3.2" });
    expect(whole.findings.key).toBe("bad provider_key_refused");
  });

  it.each(dialectNames.filter((name) => findDialectRules(name)?.isOpen !== true))(
    "that %s refuses ends the test there",
    async (name) => {
      const { findings } = await examine({
        kind: name === "strict-gateway" ? "openai-compatible" : name,
        baseUrl: provider.dialectUrl(name),
        apiVersion: "2024-10-21",
        key: "sk-canary-never-shown",
        modelName: Object.keys(findDialectRules(name)?.models ?? {})[0] ?? "",
      });
      expect(findings).toMatchObject({
        reachable: "ok",
        key: "bad provider_key_refused",
        answers: "skipped",
        seed: "skipped",
      });
      expect(provider.requests().length).toBeLessThanOrEqual(3);
    },
  );

  it("is proven by the list alone where only the connection is asked for", async () => {
    const { findings, requests } = await examineDialect("openai", "gpt-strict", { isQuick: true });
    expect(findings).toMatchObject({ key: "ok", models: "ok", answers: "skipped" });
    expect(provider.requests()).toHaveLength(0);
    expect(requests).toBe(2);
    const azure = await examineDialect("azure", "gpt-deployment", { isQuick: true });
    expect(azure.findings).toMatchObject({ reachable: "ok", key: "ok", models: "no" });
  });
});

describe("a provider in a bad hour", () => {
  it.each([
    ["error-500", "bad provider_failed"],
    ["error-402", "bad provider_out_of_credit"],
    ["error-404", "bad provider_model_missing"],
    ["error-429", "bad provider_rate_limited"],
    ["page-instead", "bad provider_incompatible"],
    ["error-instead", "bad provider_rate_limited"],
    ["reset-before-headers", "bad provider_unreachable"],
  ])("%s: answers is %s, and nothing more is asked", async (fault, answers) => {
    const { findings } = await examineDialect("deepseek", `deepseek-chat!${fault}`);
    expect(findings).toMatchObject({ reachable: "ok", models: "ok", answers, streams: "skipped" });
    expect(provider.requests().length).toBeLessThanOrEqual(3);
  });

  it("waits as long as a provider asks for, when that is not long", async () => {
    const { findings } = await examineDialect("deepseek", "deepseek-chat!error-429-ms");
    expect(findings.answers).toBe("ok");
  });

  it("gives up on one that says nothing", async () => {
    const limits = { firstMs: 200, requestMs: 200 };
    const { findings } = await examineDialect("ark", "doubao-seed!stall-headers", { limits });
    expect(findings.answers).toBe("bad provider_timeout");
  });

  it("stops asking when the budget is used up, and says so", async () => {
    const { steps } = await examineDialect("vllm", "Qwen/Qwen3-32B", { limits: { requests: 6 } });
    expect(steps.find(({ name }) => name === "seed")).toMatchObject({
      finding: "skipped",
      details: { reason: "budget" },
    });
  });

  it("has no model of that name", async () => {
    const { findings } = await examineDialect("azure", "nobody");
    expect(findings).toMatchObject({ key: "ok", answers: "bad provider_model_missing" });
  });

  it("has no model to try", async () => {
    const { steps } = await examine({ baseUrl: provider.dialectUrl("openai"), kind: "openai" });
    expect(steps.find(({ name }) => name === "key")?.finding).toBe("ok");
    expect(steps.find(({ name }) => name === "answers")).toMatchObject({
      finding: "skipped",
      details: { reason: "no_model" },
    });
  });
});

describe("whoever asked", () => {
  it("leaves, and so does the request that was under way", async () => {
    const controller = new AbortController();
    const reason = new Error("left");
    const run = examineDialect("ark", "doubao-seed!stall-headers", { signal: controller.signal });
    await expect.poll(() => provider.requests().length).toBe(1);
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    await expect.poll(() => provider.requests()[0]?.isClosedByClient).toBe(true);
  });
});
