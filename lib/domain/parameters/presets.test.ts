import { describe, expect, it } from "vitest";
import { parametersSchema, type Parameters } from "@/lib/contracts/parameters";
import { changeParameter, countChanged } from "./change-parameter";
import { applyBuiltIn, builtInPresets, matchPreset } from "./presets";
import { isSameParameters } from "./same-parameters";

const own = [
  { id: "p1", name: "Report", parameters: { temperature: 0.2, seed: 7 } },
  { id: "p2", name: "As code", parameters: { temperature: 0.2, topP: 0.6, frequencyPenalty: 0.2 } },
];

describe("the presets that ship", () => {
  it("are within the ranges that suit code and translation, and creative writing", () => {
    expect(applyBuiltIn(null, "balanced")).toBeNull();
    const exact = applyBuiltIn(null, "exact") ?? {};
    expect(exact.temperature).toBeGreaterThanOrEqual(0.1);
    expect(exact.temperature).toBeLessThanOrEqual(0.3);
    expect(exact.topP).toBeGreaterThanOrEqual(0.5);
    expect(exact.topP).toBeLessThanOrEqual(0.8);
    expect(exact.frequencyPenalty).toBeGreaterThanOrEqual(0.1);
    expect(exact.frequencyPenalty).toBeLessThanOrEqual(0.3);
    const creative = applyBuiltIn(null, "creative") ?? {};
    expect(creative.temperature).toBeGreaterThanOrEqual(0.7);
    expect(creative.temperature).toBeLessThanOrEqual(0.9);
    expect(creative.topP).toBeGreaterThanOrEqual(0.9);
    expect(creative.topP).toBeLessThanOrEqual(1);
  });

  it.each(builtInPresets)("%s keeps what it does not decide, and takes back the rest", (name) => {
    const before: Parameters = {
      temperature: 1.5,
      presencePenalty: 1,
      stop: ["END"],
      responseFormat: { type: "json" },
    };
    const after = applyBuiltIn(before, name) ?? {};
    expect(after).toMatchObject({ stop: ["END"], responseFormat: { type: "json" } });
    expect(after).not.toHaveProperty("presencePenalty");
    expect(after.temperature).not.toBe(1.5);
    expect(parametersSchema.safeParse(after).success).toBe(true);
    expect(matchPreset(after, [])).toEqual({ kind: "built-in", name });
  });
});

describe("which preset it is", () => {
  it("is told by what it decides, whatever else is set", () => {
    expect(matchPreset(null, [])).toEqual({ kind: "built-in", name: "balanced" });
    expect(matchPreset({ seed: 1 }, [])).toEqual({ kind: "built-in", name: "balanced" });
    expect(matchPreset({ temperature: 0.8, topP: 0.95, n: 2 }, [])).toEqual({
      kind: "built-in",
      name: "creative",
    });
    expect(matchPreset({ temperature: 0.8 }, [])).toBeNull();
  });

  it("is one's own where the whole is the same, whatever its order", () => {
    expect(matchPreset({ seed: 7, temperature: 0.2 }, own)).toEqual({ kind: "own", id: "p1" });
    expect(matchPreset({ seed: 8, temperature: 0.2 }, own)).toBeNull();
    expect(matchPreset(applyBuiltIn(null, "exact"), own)).toEqual({ kind: "own", id: "p2" });
  });
});

describe("parameters", () => {
  it("are the same when they ask for the same", () => {
    expect(isSameParameters(null, {})).toBe(true);
    const schema = (value: object) => ({
      responseFormat: { type: "json_schema" as const, name: "a", schema: { ...value } },
    });
    expect(isSameParameters(schema({ a: 1, b: 2 }), schema({ b: 2, a: 1 }))).toBe(true);
    expect(isSameParameters({ stop: ["a", "b"] }, { stop: ["b", "a"] })).toBe(false);
    expect(isSameParameters({ seed: 0 }, {})).toBe(false);
  });

  it("are none when the last one is left to the model", () => {
    expect(changeParameter(null, "seed", 7)).toEqual({ seed: 7 });
    expect(changeParameter({ seed: 7, n: 2 }, "seed", undefined)).toEqual({ n: 2 });
    expect(changeParameter({ seed: 7 }, "seed", undefined)).toBeNull();
    expect(countChanged(null)).toBe(0);
    expect(countChanged({ seed: 0, stop: ["a"] })).toBe(2);
  });
});
