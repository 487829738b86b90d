import { describe, expect, it } from "vitest";
import type { Parameters } from "@/lib/contracts/parameters";
import {
  canThinkingStop,
  isEffortTaken,
  isFormatTaken,
  judgeParameter,
  type ModelFacts,
} from "./judge-parameter";

type Thinking = NonNullable<ModelFacts["thinking"]>;

const unknown: ModelFacts = {
  capabilities: {},
  parameters: {},
  maxOutputTokens: null,
  reasoningEfforts: null,
  thinking: null,
};

const kindOf = (
  name: Parameters extends infer All ? keyof All : never,
  parameters: Parameters,
  facts: Partial<ModelFacts>,
) => judgeParameter(name, parameters, { ...unknown, ...facts }).kind;

describe("a parameter at a model", () => {
  it("goes along while nothing is known against it", () => {
    expect(kindOf("temperature", { temperature: 0.2 }, {})).toBe("sent");
    expect(kindOf("seed", { seed: 1 }, { parameters: { seed: "unknown" } })).toBe("sent");
    expect(kindOf("maxOutputTokens", { maxOutputTokens: 9_000 }, {})).toBe("sent");
    expect(kindOf("reasoningEffort", { reasoningEffort: "low" }, {})).toBe("sent");
  });

  it("is left out where the model is known not to take it", () => {
    for (const name of ["temperature", "topP", "stop", "seed", "maxOutputTokens"] as const)
      expect(kindOf(name, {}, { parameters: { [name]: "no" } })).toBe("left_out");
    expect(kindOf("reasoningEffort", {}, { capabilities: { reasoning: "no" } })).toBe("left_out");
  });

  it("is the model's own while it thinks, and can be set when it does not", () => {
    const thinking = { isUnasked: true, fixes: ["temperature", "n"] } satisfies Thinking;
    expect(kindOf("temperature", { temperature: 0.2 }, { thinking })).toBe("fixed");
    expect(kindOf("temperature", { reasoningEffort: "none" }, { thinking })).toBe("sent");
    expect(kindOf("topP", { topP: 0.2 }, { thinking })).toBe("sent");
    expect(kindOf("n", { n: 2 }, { thinking })).toBe("parallel");
    const asked = { ...thinking, isUnasked: false };
    expect(kindOf("temperature", {}, { thinking: asked })).toBe("sent");
    expect(kindOf("temperature", { reasoningEffort: "low" }, { thinking: asked })).toBe("fixed");
  });

  it("says whether thinking can be stopped", () => {
    const facts = { ...unknown, reasoningEfforts: ["none" as const, "high" as const] };
    expect(canThinkingStop(facts)).toBe(true);
    expect(canThinkingStop({ ...unknown, reasoningEfforts: ["low", "high"] })).toBe(false);
    expect(canThinkingStop({ ...facts, parameters: { reasoningEffort: "no" } })).toBe(false);
  });

  it("is limited to what the model gives at most", () => {
    const facts = { ...unknown, maxOutputTokens: 8_192 };
    expect(judgeParameter("maxOutputTokens", { maxOutputTokens: 8_193 }, facts)).toEqual({
      kind: "limited",
      limit: 8_192,
    });
    expect(judgeParameter("maxOutputTokens", { maxOutputTokens: 8_192 }, facts).kind).toBe("sent");
  });

  it("comes as near as the model takes it", () => {
    const reasoningEfforts = ["low", "high"] as const;
    const facts = { reasoningEfforts: [...reasoningEfforts] };
    expect(kindOf("reasoningEffort", { reasoningEffort: "low" }, facts)).toBe("sent");
    expect(kindOf("reasoningEffort", { reasoningEffort: "xhigh" }, facts)).toBe("nearest");
    expect(isEffortTaken("xhigh", { ...unknown, ...facts })).toBe(false);
  });

  it("asks for JSON without a schema where the model takes none", () => {
    const schema: Parameters = {
      responseFormat: { type: "json_schema", name: "a", schema: { type: "object" } },
    };
    const noSchema = { capabilities: { json: "yes", jsonSchema: "no" } } as const;
    expect(kindOf("responseFormat", schema, noSchema)).toBe("as_json");
    expect(isFormatTaken("json_schema", { ...unknown, ...noSchema })).toBe(false);
    expect(isFormatTaken("json", { ...unknown, ...noSchema })).toBe(true);
    const nothing = { capabilities: { json: "no", jsonSchema: "no" } } as const;
    expect(kindOf("responseFormat", schema, nothing)).toBe("left_out");
    expect(isFormatTaken("text", { ...unknown, ...nothing })).toBe(true);
    const schemaOnly = { capabilities: { json: "no", jsonSchema: "yes" } } as const;
    expect(kindOf("responseFormat", { responseFormat: { type: "json" } }, schemaOnly)).toBe("sent");
  });

  it("asks several times where a model gives one answer at a time", () => {
    expect(kindOf("n", { n: 3 }, { parameters: { n: "no" } })).toBe("parallel");
    expect(kindOf("n", { n: 3 }, {})).toBe("sent");
  });
});
