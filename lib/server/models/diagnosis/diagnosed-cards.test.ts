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

function examineDialect(name: DialectName, modelName: string) {
  return examine({
    kind: name === "strict-gateway" ? "openai-compatible" : name,
    baseUrl: provider.dialectUrl(name),
    apiVersion: name === "azure" ? "2024-10-21" : null,
    key: findDialectRules(name)?.isOpen === true ? null : "sk-test",
    modelName,
  });
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
