import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/contracts/errors";
import { findKeyTrouble, judgeFailure, mayAnswerInstead } from "./decide-failover";

describe("another model", () => {
  it("may answer whatever was wrong with the first, and what was too long for it", () => {
    const codes = errorCodes.filter((one) => one.startsWith("provider_"));
    for (const code of [...codes, "context_too_long" as const])
      expect(mayAnswerInstead(code)).toBe(true);
  });

  it("does not answer what a filter refused", () => {
    expect(mayAnswerInstead("answer_filtered")).toBe(false);
  });
});

describe("what a failure says", () => {
  const shared = { hasOwnKey: false, hasOtherKey: false };

  it("about the model, says nothing where it is a limit or the request's own fault", () => {
    for (const code of [
      "provider_rate_limited",
      "provider_rejected",
      "context_too_long",
      "answer_filtered",
      "own_key_refused",
      "internal",
    ] as const)
      expect(judgeFailure(code, shared)).toBe("none");
    for (const code of ["provider_failed", "provider_timeout", "connection_lost"] as const)
      expect(judgeFailure(code, shared)).toBe("fault");
  });

  it("about keys, counts only where it was the last of the instance's", () => {
    for (const code of ["provider_key_refused", "provider_out_of_credit"] as const) {
      expect(judgeFailure(code, shared)).toBe("key");
      expect(judgeFailure(code, { ...shared, hasOtherKey: true })).toBe("none");
      expect(judgeFailure(code, { ...shared, hasOwnKey: true })).toBe("none");
      expect(findKeyTrouble(code)).not.toBeNull();
    }
    expect(findKeyTrouble("provider_failed")).toBeNull();
  });
});
