import { describe, expect, it } from "vitest";
import { emptyCard, type CapabilityCard } from "@/lib/contracts/cards";
import { release, setByHand } from "./set-by-hand";

const shipped: CapabilityCard = {
  capabilities: { vision: "yes", tools: "yes" },
  parameters: { seed: "no" },
  outputLimitField: "max_completion_tokens",
  source: "preset",
  sourceUrl: "https://provider.example/models",
  checkedAt: "2026-01-01",
  fixed: [],
};

describe("a fact that somebody sets", () => {
  it("is fixed, and the card is no longer the one that ships", () => {
    const card = setByHand(shipped, { capabilities: { vision: "no" }, reasoningBack: "always" });
    expect(card).toEqual({
      ...shipped,
      source: "admin",
      capabilities: { vision: "no", tools: "yes" },
      reasoningBack: "always",
      fixed: ["capabilities.vision", "reasoningBack"],
    });
  });

  it("leaves a tested card a tested one", () => {
    const tested = { ...shipped, source: "diagnosis" as const };
    expect(setByHand(tested, { reasoningBack: "never" }).source).toBe("diagnosis");
  });

  it("is fixed once, however often it is set", () => {
    const once = setByHand(emptyCard, { parameters: { n: "no" } });
    expect(setByHand(once, { parameters: { n: "yes" } }).fixed).toEqual(["parameters.n"]);
  });
});

describe("a fact that goes back to automatic", () => {
  it("is again what was known of the model", () => {
    const card = setByHand(shipped, {
      capabilities: { vision: "no" },
      outputLimitField: "max_tokens",
    });
    expect(release(card, ["capabilities.vision", "outputLimitField"], shipped)).toEqual(shipped);
  });

  it("is unknown where nothing was known", () => {
    const card = setByHand(emptyCard, { parameters: { n: "no" }, reasoningBack: "never" });
    expect(release(card, ["parameters.n", "reasoningBack"], emptyCard)).toEqual(emptyCard);
  });

  it("is only one that somebody had set, whatever the path", () => {
    const odd = ["fixed", "capabilities", "__proto__.polluted", "parameters.seed.x", ""];
    expect(release(shipped, odd, emptyCard)).toEqual(shipped);
  });

  it("leaves the others fixed", () => {
    const card = setByHand(emptyCard, { parameters: { n: "no", seed: "no" } });
    expect(release(card, ["parameters.n"], emptyCard)).toMatchObject({
      parameters: { seed: "no" },
      fixed: ["parameters.seed"],
    });
  });
});
