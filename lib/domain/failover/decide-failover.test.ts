import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/contracts/errors";
import { findKeyTrouble, judgeFailure, mayAnswerInstead } from "./decide-failover";

const failed = (code: (typeof errorCodes)[number], details = {}) => ({
  code,
  details,
  contextWindow: null,
});

describe("another model", () => {
  it("may answer whatever was wrong with the first", () => {
    for (const code of errorCodes.filter((one) => one.startsWith("provider_")))
      expect(mayAnswerInstead(failed(code), { contextWindow: null }, 10)).toBe(true);
  });

  it("does not answer what a filter refused", () => {
    expect(mayAnswerInstead(failed("answer_filtered"), { contextWindow: null }, 10)).toBe(false);
  });

  it.each([
    [null, { limit: 4_096, tokens: 5_000 }, false],
    [4_096, { limit: 4_096, tokens: 5_000 }, false],
    [4_800, { limit: 4_096, tokens: 5_000 }, false],
    [8_192, { limit: 4_096, tokens: 5_000 }, true],
    // The provider did not say; our own figures hold.
    [8_192, {}, true],
    [5_000, {}, false],
  ])("with a window of %s answers what was too long with %o: %s", (contextWindow, details, may) => {
    const first = { ...failed("context_too_long", details), contextWindow: 4_096 };
    expect(mayAnswerInstead(first, { contextWindow }, 6_000)).toBe(may);
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
