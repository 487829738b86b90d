import { describe, expect, it } from "vitest";
import { emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import type { Diagnosis, DiagnosisStep } from "@/lib/contracts/diagnosis";
import { makeStep } from "./details";
import { toCard } from "./to-card";

const checkedAt = "2026-11-22T09:00:00.000Z";

const diagnosis = (...steps: DiagnosisStep[]): Diagnosis => ({
  providerId: "p",
  modelId: "m",
  modelName: "any",
  steps,
  isOk: true,
  requests: 1,
  tokens: 1,
  checkedAt,
});

const shipped: CapabilityCard = {
  capabilities: { vision: "yes", tools: "yes" },
  parameters: { seed: "yes", reasoningEffort: "yes" },
  reasoningEfforts: ["low", "high"],
  source: "preset",
  sourceUrl: "https://docs.example.com",
  checkedAt: "2026-01-01",
  fixed: [],
};

describe("a card after a test", () => {
  it("has what was decided, and keeps the rest", () => {
    const card = toCard(
      shipped,
      diagnosis(
        makeStep("vision", "no"),
        makeStep("tools", "unclear"),
        makeStep("seed", "skipped", { details: { reason: "budget" } }),
        makeStep("n", "ok"),
        makeStep("outputLimit", "ok", { details: { field: "max_completion_tokens" } }),
      ),
    );
    expect(card).toEqual({
      capabilities: { vision: "no", tools: "yes" },
      parameters: { seed: "yes", reasoningEffort: "yes", n: "yes", maxOutputTokens: "yes" },
      outputLimitField: "max_completion_tokens",
      reasoningEfforts: ["low", "high"],
      source: "diagnosis",
      checkedAt,
      fixed: [],
    });
  });

  it("leaves alone every kind of fact that is fixed", () => {
    const fixed = [
      "capabilities.vision",
      "parameters.seed",
      "parameters.responseFormat",
      "reasoningEfforts",
      "reasoningField",
      "reasoningBack",
      "outputLimitField",
    ];
    const before = { ...shipped, fixed };
    const card = toCard(
      before,
      diagnosis(
        makeStep("vision", "no"),
        makeStep("seed", "no"),
        makeStep("json", "ok"),
        makeStep("reasoning", "ok", { details: { field: "reasoning" } }),
        makeStep("reasoningBack", "ok", { details: { rule: "always" } }),
        makeStep("outputLimit", "ok", { details: { field: "max_tokens" } }),
        makeStep("reasoningEffort", "no"),
      ),
    );
    const { source: _, sourceUrl: __, checkedAt: ___, ...facts } = before;
    expect(card).toMatchObject({
      ...facts,
      capabilities: { vision: "yes", tools: "yes", json: "yes", reasoning: "yes" },
      parameters: { seed: "yes", reasoningEffort: "no" },
    });
    expect(card).not.toHaveProperty("reasoningField");
    expect(card).not.toHaveProperty("outputLimitField");
  });

  it("takes JSON by either way, and refuses it only when both fail", () => {
    const formatOf = (json: DiagnosisStep["finding"], schema: DiagnosisStep["finding"]) =>
      toCard(emptyCard, diagnosis(makeStep("json", json), makeStep("jsonSchema", schema)))
        .parameters.responseFormat;
    expect(formatOf("ok", "no")).toBe("yes");
    expect(formatOf("no", "ok")).toBe("yes");
    expect(formatOf("no", "no")).toBe("no");
    expect(formatOf("no", "unclear")).toBeUndefined();
  });

  it("forgets the efforts of a model that takes none, and learns those that it takes", () => {
    expect(toCard(shipped, diagnosis(makeStep("reasoningEffort", "no")))).not.toHaveProperty(
      "reasoningEfforts",
    );
    const found = makeStep("reasoningEffort", "ok", { details: { values: "high, none" } });
    expect(toCard(shipped, diagnosis(found)).reasoningEfforts).toEqual(["none", "high"]);
  });

  it("is the same as before when nothing was decided", () => {
    const nothing = makeStep("reachable", "bad", { errorCode: "provider_unreachable" });
    expect(toCard(shipped, diagnosis(nothing))).toBe(shipped);
  });
});
