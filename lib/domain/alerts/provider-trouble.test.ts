import { describe, expect, it } from "vitest";
import { findProviderTrouble } from "./provider-trouble";

describe("what a failed request tells admins by itself", () => {
  it("is an account without credit", () => {
    expect(findProviderTrouble("provider_out_of_credit")).toBe("provider_no_credit");
  });

  it("is what does not mend itself", () => {
    expect(findProviderTrouble("provider_key_refused")).toBe("provider_failing");
    expect(findProviderTrouble("provider_model_missing")).toBe("provider_failing");
  });

  it("is nothing that passes, that a person caused, or that is a member's own matter", () => {
    for (const code of [
      "provider_failed",
      "provider_timeout",
      "provider_rate_limited",
      "context_too_long",
      "own_key_refused",
      "budget_exceeded",
    ] as const)
      expect(findProviderTrouble(code)).toBeNull();
  });
});
