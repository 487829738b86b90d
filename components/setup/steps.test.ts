import { describe, expect, it } from "vitest";
import { readStep, writeStep, type ConnectStep } from "./steps";

const read = (query: string) => readStep(new URLSearchParams(query));

describe("the step of the address", () => {
  it("survives being written and read again", () => {
    const steps: ConnectStep[] = [
      { step: "choose" },
      { step: "connect", kind: "openai-compatible" },
      { step: "models", kind: "ollama" },
      { step: "models", providerId: "0197-abc" },
    ];
    for (const step of steps) expect(read(writeStep(step))).toEqual(step);
  });

  it("is the first one when the address makes no sense", () => {
    for (const query of [
      "",
      "step=models",
      "step=connect&kind=carrier-pigeon",
      "step=9&kind=openai",
    ])
      expect(read(query)).toEqual({ step: "choose" });
  });
});
