import { describe, expect, it } from "vitest";
import { judgeTarget, type TargetFacts } from "./judge-target";

const able: TargetFacts = {
  vision: "unknown",
  keyCount: 1,
  hasKeysAside: false,
  allowsMemberKeys: false,
};
const judge = (facts: Partial<TargetFacts>, hasImages = false) =>
  judgeTarget({ ...able, ...facts }, { hasImages })?.code ?? null;

describe("a model", () => {
  it("is asked where nothing is known against it", () => {
    expect(judge({})).toBeNull();
    expect(judge({ vision: "no" })).toBeNull();
    for (const vision of ["unknown", "yes"] as const) expect(judge({ vision }, true)).toBeNull();
  });

  it("is not asked what it cannot see", () => {
    expect(judge({ vision: "no" }, true)).toBe("model_incapable");
  });

  it("is not asked without a key where it needs one", () => {
    expect(judge({ keyCount: 0 })).toBeNull();
    expect(judge({ keyCount: 0, allowsMemberKeys: true })).toBe("own_key_missing");
    expect(judge({ keyCount: 0, hasKeysAside: true })).toBe("provider_key_refused");
    expect(judge({ hasKeysAside: true, allowsMemberKeys: true })).toBeNull();
  });
});
