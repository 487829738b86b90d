import type { Dialect } from "./dialect-form";
import { generic } from "./generic";

/**
 * Volcengine Ark (豆包): `thinking` with a type, and steps of effort where the model has them;
 * thoughts in `reasoning_content`. The model is named by its id or by an endpoint (`ep-…`), of which
 * nothing can be told.
 *
 * @see https://www.volcengine.com/docs/82379/1494384
 */
export const ark: Dialect = {
  ...generic,
  kind: "ark",
  card: {
    capabilities: { streaming: "yes", usageInStream: "yes" },
    parameters: {
      temperature: "yes",
      topP: "yes",
      maxOutputTokens: "yes",
      stop: "yes",
      n: "no",
      seed: "no",
    },
    outputLimitField: "max_tokens",
    reasoningField: "reasoning_content",
    reasoningBack: "never",
    fixed: [],
  },
  writeEffort: (effort, { card }) => {
    if (effort === "none") return { fields: { thinking: { type: "disabled" } }, isExact: true };
    const hasSteps = (card.reasoningEfforts ?? []).filter((one) => one !== "none").length > 1;
    return {
      fields: {
        thinking: { type: "enabled" },
        ...(hasSteps ? { reasoning_effort: effort } : {}),
      },
      isExact: hasSteps || effort === "high",
    };
  },
};
