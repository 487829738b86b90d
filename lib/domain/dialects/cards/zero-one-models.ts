import type { ModelFamily } from "./model-family";

const source = {
  url: "https://platform.lingyiwanwu.com/docs/api-reference",
  checkedAt: "2026-11-22",
};

export const zeroOneModels: readonly ModelFamily[] = [
  {
    pattern: /^yi-lightning$/,
    label: "Yi-Lightning",
    contextWindow: 16_000,
    facts: { capabilities: { vision: "no" } },
    source,
  },
  {
    pattern: /^yi-vision(?:-v2)?$/,
    contextWindow: 16_000,
    facts: { capabilities: { vision: "yes" } },
    source,
  },
];
