import { describe, expect, it } from "vitest";
import { findModels } from "./find-models";

const model = (label: string, rest: Partial<Parameters<typeof findModels>[0][number]> = {}) => ({
  label,
  description: "",
  providerName: "Somebody",
  modelLabel: label,
  ...rest,
});
const models = [
  model("reset-before-headers"),
  model("fast mini", { description: "Short answers" }),
  model("Fast"),
  model("steady", { providerName: "Fast Lane" }),
];
const labelsOf = (query: string) => findModels(models, query).map(({ label }) => label);

describe("the search for a model", () => {
  it("finds what has every word, in name, provider and description", () => {
    expect(labelsOf("mini short")).toEqual(["fast mini"]);
    expect(labelsOf("lane")).toEqual(["steady"]);
    expect(labelsOf("fast nowhere")).toEqual([]);
  });

  it("begins with the one whose name was typed, then with names that begin like it", () => {
    expect(labelsOf("fast")).toEqual(["Fast", "fast mini", "steady"]);
    expect(labelsOf(" FAST ")).toEqual(["Fast", "fast mini", "steady"]);
  });

  it("keeps everything in its order while nothing is typed", () => {
    expect(findModels(models, "  ")).toEqual(models);
  });
});
