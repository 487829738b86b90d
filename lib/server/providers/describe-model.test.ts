import { expect, it } from "vitest";
import { describeModel } from "./describe-model";

it("describes a new model by the card that ships for it", () => {
  expect(describeModel("openai", "gpt-4o")).toMatchObject({
    name: "gpt-4o",
    contextWindow: 128_000,
    maxOutputTokens: 16_384,
    card: { capabilities: { vision: "yes" }, source: "preset" },
  });
  expect(describeModel("deepseek", "deepseek-v4-pro").label).toBe("DeepSeek V4 Pro");
});

it("claims nothing of a model that it does not know", () => {
  expect(describeModel("openai-compatible", "x")).toEqual({
    name: "x",
    label: "x",
    contextWindow: null,
    maxOutputTokens: null,
    card: {},
  });
});
