import { describe, expect, it } from "vitest";
import { emptyCard } from "@/lib/contracts/cards";
import type { ParameterName, Parameters, ReasoningEffort } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import { describeThinking } from "../dialects/describe-thinking";
import { settleCard } from "../dialects/settle-card";
import { shapeRequest } from "../dialects/shape-request";
import { judgeParameter } from "./judge-parameter";

const everything: Parameters = {
  temperature: 0.4,
  topP: 0.5,
  frequencyPenalty: 0.2,
  presencePenalty: 0.2,
  stop: ["END"],
  seed: 7,
  responseFormat: { type: "json" },
};

const models: [ProviderKind, string][] = [
  ["openai", "gpt-4o"],
  ["openai", "gpt-5"],
  ["openai", "gpt-5.1"],
  ["azure", "gpt-5.2"],
  ["deepseek", "deepseek-v4-pro"],
  ["deepseek", "deepseek-chat"],
  ["dashscope", "qwen-plus"],
  ["dashscope", "qwen3.5-plus"],
  ["ark", "doubao-seed-1-6"],
  ["siliconflow", "Qwen/Qwen3-8B"],
  ["01-ai", "yi-lightning"],
  ["ollama", "qwen3:8b"],
  ["lm-studio", "qwen2.5-vl-7b"],
  ["vllm", "Qwen/Qwen3-32B"],
];
const efforts: (ReasoningEffort | undefined)[] = [undefined, "none", "high"];

const names = Object.keys(everything) as ParameterName[];
const cases = models.flatMap(([kind, name]) =>
  efforts.map((effort) => ({ kind, name, effort, asked: effort ?? "nothing" })),
);

describe("what the screen says of a parameter", () => {
  it.each(cases)("is what $kind's $name is sent when asked for $asked", (one) => {
    const { kind, name, effort } = one;
    const parameters = {
      ...everything,
      ...(effort === undefined ? {} : { reasoningEffort: effort }),
    };
    const { leftOut } = shapeRequest({
      kind,
      modelName: name,
      card: emptyCard,
      messages: [{ role: "user", text: "Hello" }],
      parameters,
      n: 1,
      isStream: true,
    });
    const card = settleCard(kind, name, emptyCard);
    const facts = {
      ...card,
      thinking: describeThinking(kind, name, card),
      maxOutputTokens: null,
    };
    const isSaid = (parameter: ParameterName) =>
      ["left_out", "fixed"].includes(judgeParameter(parameter, parameters, facts).kind);
    const isUnsent = (parameter: ParameterName) =>
      leftOut.some(({ name: left, reason }) => left === parameter && reason !== "only_some_values");
    expect(names.filter(isSaid)).toEqual(names.filter(isUnsent));
  });
});
