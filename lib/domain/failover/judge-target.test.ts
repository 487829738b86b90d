import { describe, expect, it } from "vitest";
import { judgeTargets, type TargetFacts } from "./judge-target";

const able: TargetFacts = {
  contextWindow: null,
  vision: "unknown",
  keyCount: 1,
  hasKeysAside: false,
  allowsMemberKeys: false,
};
const judge = (facts: Partial<TargetFacts>[], needs = {}) =>
  judgeTargets(
    facts.map((one) => ({ ...able, ...one })),
    { hasImages: false, inputTokens: 1_000, ...needs },
  ).map((hindrance) => hindrance?.code ?? null);

describe("a model", () => {
  it("is asked where nothing is known against it", () => {
    expect(judge([{}, { vision: "no" }, { contextWindow: 1_000 }])).toEqual([null, null, null]);
    expect(judge([{ vision: "unknown" }, { vision: "yes" }], { hasImages: true })).toEqual([
      null,
      null,
    ]);
  });

  it("is not asked what it cannot see", () => {
    expect(judge([{ vision: "no" }, {}], { hasImages: true })).toEqual(["model_incapable", null]);
  });

  it("is not asked what does not fit; in doubt, only where another has room", () => {
    expect(judge([{ contextWindow: 900 }, { contextWindow: 2_000 }])).toEqual([
      "context_too_long",
      null,
    ]);
    expect(judge([{ contextWindow: 900 }, { contextWindow: 850 }])).toEqual([null, null]);
    expect(judge([{ contextWindow: 700 }, { contextWindow: 900 }])).toEqual([
      "context_too_long",
      null,
    ]);
    expect(judge([{ contextWindow: 700 }])).toEqual(["context_too_long"]);
  });

  it("is not asked without a key where it needs one", () => {
    expect(judge([{ keyCount: 0 }])).toEqual([null]);
    expect(judge([{ keyCount: 0, allowsMemberKeys: true }])).toEqual(["own_key_missing"]);
    expect(judge([{ keyCount: 0, hasKeysAside: true }])).toEqual(["provider_key_refused"]);
    expect(judge([{ hasKeysAside: true, allowsMemberKeys: true }])).toEqual([null]);
  });
});
