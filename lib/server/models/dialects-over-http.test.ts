import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dialectNames, findDialectRules, type DialectName } from "@/e2e/provider/dialects/find";
import { startProvider, type ScriptedProvider } from "@/e2e/provider/server";
import type { Parameters } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import { useWire } from "./testing-wire";

const { ask } = useWire();
let provider: ScriptedProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const everything: Parameters = {
  temperature: 0.3,
  topP: 0.8,
  maxOutputTokens: 500,
  frequencyPenalty: 0.1,
  presencePenalty: 0.1,
  stop: ["zzz"],
  seed: 7,
  reasoningEffort: "low",
};

const models = dialectNames.flatMap((name) =>
  Object.keys(findDialectRules(name)?.models ?? {}).map((model) => ({ name, model })),
);

const kindOf = (name: DialectName): ProviderKind =>
  name === "strict-gateway" ? "openai-compatible" : name;

function askStrictly(
  name: DialectName,
  model: string,
  parameters: Parameters,
  id = `${name}-${model}`,
) {
  return ask(model, {
    parameters,
    key: { id: "k", key: "sk-test", owner: "instance" },
    model: { id },
    provider: { kind: kindOf(name), baseUrl: provider.dialectUrl(name), apiVersion: "2024-10-21" },
  });
}

const describeAnswer = ({ events, error }: Awaited<ReturnType<typeof askStrictly>>) => ({
  error,
  hasText: events.some((event) => event.type === "text"),
  finish: events.find((event) => event.type === "finish")?.reason ?? null,
});

const answered = { error: null, hasText: true, finish: "stop" };

describe("each provider, as strict as the real one", () => {
  it.each(models)("answers what is asked plainly: $name $model", async ({ name, model }) => {
    expect(describeAnswer(await askStrictly(name, model, {}))).toEqual(answered);
  });

  it.each(models)("answers whatever is set: $name $model", async ({ name, model }) => {
    let result = await askStrictly(name, model, everything);
    // A gateway that refuses nearly all, one field at a time, is learned in two calls.
    if (name === "strict-gateway") result = await askStrictly(name, model, everything);
    expect(describeAnswer(result)).toEqual(answered);
  });

  it.each(models)("answers in JSON as far as it can: $name $model", async ({ name, model }) => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    for (const responseFormat of [
      { type: "json" },
      { type: "json_schema", name: "a", schema },
    ] as const)
      expect(describeAnswer(await askStrictly(name, model, { responseFormat }))).toEqual(answered);
  });

  // Reasoning models whose names say nothing of it have to be asked.
  const known = models.filter(({ model }) => !model.startsWith("o-") && model !== "cellar-model");

  it.each(known)(
    "needs no second request for what its dialect documents: $name $model",
    async ({ name, model }) => {
      provider.reset();
      const parameters = { temperature: 0.3, maxOutputTokens: 500, topP: 0.9 };
      const result = await askStrictly(name, model, parameters, `untaught-${name}-${model}`);
      expect(describeAnswer(result)).toEqual(answered);
      expect(provider.requests()).toHaveLength(1);
    },
  );
});
