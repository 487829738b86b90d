import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * 01.AI (零一万物): the Yi models; a small set of parameters, a temperature between 0 and 2 and a
 * top_p between 0 and 1, ends not included.
 *
 * @see https://platform.lingyiwanwu.com/docs/api-reference
 */
export const zeroOne: Dialect = {
  ...generic,
  kind: "01-ai",
  card: {
    capabilities: { streaming: "yes", reasoning: "no" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      reasoningEffort: "no",
    },
    outputLimitField: "max_tokens",
    reasoningField: "none",
    fixed: [],
  },
  ranges: { temperature: { min: 0.01, max: 1.99 }, topP: { min: 0.01, max: 0.99 } },
  writeEffort: () => null,
};
