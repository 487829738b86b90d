import { describe, expect, it } from "vitest";
import type { Verdict } from "@/lib/contracts/cards";
import {
  parameterNames,
  parametersSchema,
  reasoningEfforts,
  type ParameterName,
  type Parameters,
} from "@/lib/contracts/parameters";
import { providerKinds } from "@/lib/contracts/providers";
import { settleCard } from "./settle-card";
import { shape } from "./testing-dialect";

const fieldsOf: Record<ParameterName, readonly string[]> = {
  temperature: ["temperature"],
  topP: ["top_p"],
  maxOutputTokens: ["max_tokens", "max_completion_tokens"],
  frequencyPenalty: ["frequency_penalty"],
  presencePenalty: ["presence_penalty"],
  stop: ["stop"],
  n: ["n"],
  seed: ["seed"],
  reasoningEffort: [
    "reasoning_effort",
    "thinking",
    "enable_thinking",
    "thinking_budget",
    "chat_template_kwargs",
  ],
  responseFormat: ["response_format"],
};

const modelNames = [
  "anything",
  "gpt-4o",
  "gpt-5",
  "gpt-5.2",
  "deepseek-flash",
  "qwen-plus",
  "qwen3.8-max",
  "doubao-seed-1-8-251228",
  "yi-lightning",
  "qwen3:8b",
  "Qwen/Qwen3-VL-8B-Instruct",
];

/** The same numbers between 0 and 1 on every run. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function drawRequests(count: number) {
  const random = makeRandom(16);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  const drawParameters = (): Parameters => {
    const all: Required<Parameters> = {
      temperature: random() * 2,
      topP: random(),
      maxOutputTokens: 1 + Math.floor(random() * 100_000),
      frequencyPenalty: random() * 4 - 2,
      presencePenalty: random() * 4 - 2,
      stop: ["a", "b"],
      n: 1,
      seed: Math.floor(random() * 1000),
      reasoningEffort: pick(reasoningEfforts),
      responseFormat: pick([
        { type: "text" },
        { type: "json" },
        { type: "json_schema", name: "s", schema: { type: "object" } },
      ]),
    };
    const kept = Object.entries(all).filter(() => random() < 0.6);
    return parametersSchema.parse(Object.fromEntries(kept));
  };
  return Array.from({ length: count }, () => ({
    kind: pick(providerKinds),
    modelName: pick(modelNames),
    parameters: drawParameters(),
    n: pick([1, 1, 3]),
    card: {
      parameters: Object.fromEntries(
        parameterNames.map((name) => [name, pick<Verdict>(["yes", "no", "unknown", "unknown"])]),
      ),
      capabilities: {
        json: pick<Verdict>(["yes", "no", "unknown"]),
        jsonSchema: pick<Verdict>(["yes", "no", "unknown"]),
        reasoning: pick<Verdict>(["yes", "no", "unknown"]),
      },
    },
  }));
}

const requests = drawRequests(1_000);

describe("every request", () => {
  it("leaves out what its model is known not to take", () => {
    for (const { kind, modelName, parameters, n, card } of requests) {
      const { body } = shape(kind, modelName, parameters, { n, card });
      const settled = settleCard(kind, modelName, { ...card, fixed: [] });
      for (const name of parameterNames) {
        if (settled.parameters[name] !== "no") continue;
        for (const field of fieldsOf[name]) expect(body).not.toHaveProperty(field);
      }
    }
  });

  it("says of each parameter that does not go along why, and of no other", () => {
    for (const { kind, modelName, parameters, n, card } of requests) {
      const { body, leftOut } = shape(kind, modelName, parameters, { n, card });
      const told = new Set(leftOut.map(({ name }) => name));
      expect(told.size).toBe(leftOut.length);
      const asked = { ...parameters, ...(n > 1 ? { n } : {}) };
      for (const name of parameterNames) {
        const isAsked =
          name in asked &&
          !(name === "n" && n === 1) &&
          !(name === "responseFormat" && parameters.responseFormat?.type === "text") &&
          !(name === "reasoningEffort" && parameters.reasoningEffort === "none");
        const isSent = fieldsOf[name].some((field) => field in body);
        if (isAsked) expect(isSent || told.has(name)).toBe(true);
        if (told.has(name)) expect(name in asked).toBe(true);
        if (!(name in asked)) expect(isSent).toBe(false);
      }
    }
  });

  it("names the limit of an answer once, and asks for usage only in a stream", () => {
    for (const { kind, modelName, parameters, n, card } of requests) {
      const { body } = shape(kind, modelName, parameters, { n, card });
      expect(fieldsOf.maxOutputTokens.filter((field) => field in body).length).toBeLessThan(2);
      const whole = shape(kind, modelName, parameters, { n, card, isStream: false }).body;
      expect(whole).not.toHaveProperty("stream");
      expect(whole).not.toHaveProperty("stream_options");
    }
  });
});
