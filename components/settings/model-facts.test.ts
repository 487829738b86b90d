import { describe, expect, it } from "vitest";
import { emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import type { Diagnosis } from "@/lib/contracts/diagnosis";
import type { Model } from "@/lib/contracts/providers";
import { makeStep } from "@/lib/domain/diagnosis/details";
import { findOrigin, readFixed, settleAutomatic } from "./model-facts";

const diagnosis: Diagnosis = {
  providerId: "provider-1",
  modelName: "gpt-4o",
  modelId: "model-1",
  steps: [makeStep("vision", "no"), makeStep("seed", "ok")],
  isOk: true,
  requests: 3,
  tokens: 30,
  checkedAt: "2026-02-03T04:05:06.000Z",
};

function model(name: string, card: Partial<CapabilityCard> = {}, rest: Partial<Model> = {}): Model {
  return {
    id: "model-1",
    providerId: "provider-1",
    providerName: "Somewhere",
    isDemo: false,
    name,
    label: name,
    contextWindow: null,
    maxOutputTokens: null,
    card: { ...emptyCard, ...card },
    price: null,
    diagnosis: null,
    counting: { surety: "estimated", reports: 0, window: null },
    isEnabled: true,
    ...rest,
  };
}

describe("where a fact comes from", () => {
  it("is a person's hand before anything else", () => {
    const fixed = { capabilities: { vision: "yes" }, fixed: ["capabilities.vision"] } as const;
    const tested = model("gpt-4o", { ...fixed, fixed: [...fixed.fixed] }, { diagnosis });
    expect(findOrigin(tested, "openai", "capabilities.vision")).toEqual({ from: "hand" });
    expect(readFixed(tested.card, "capabilities.vision")).toBe("yes");
  });

  it("is the test where that found something out", () => {
    const tested = model("gpt-4o", {}, { diagnosis });
    expect(findOrigin(tested, "openai", "parameters.seed")).toEqual({
      from: "diagnosis",
      date: diagnosis.checkedAt,
    });
  });

  it("is the card that ships, with its source", () => {
    const origin = findOrigin(model("gpt-4o"), "openai", "contextWindow");
    expect(origin).toMatchObject({ from: "preset", url: expect.stringMatching(/^https:/) });
  });

  it("is nowhere for a model that nobody knows", () => {
    const unknown = model("our-own-model");
    expect(findOrigin(unknown, "openai-compatible", "capabilities.vision")).toEqual({
      from: "none",
    });
    expect(readFixed(unknown.card, "capabilities.vision")).toBeUndefined();
    expect(settleAutomatic(unknown, "openai-compatible").capabilities.vision).toBe("unknown");
  });
});
