import type { CapabilityCard } from "@/lib/contracts/cards";
import {
  reasoningEfforts,
  type ParameterName,
  type ReasoningEffort,
} from "@/lib/contracts/parameters";
import { isObject, type Json } from "../chat-completions/json";
import type { Refusal, RefusedField } from "./read-refusal";

const parameterOf: Partial<Record<RefusedField, ParameterName>> = {
  temperature: "temperature",
  top_p: "topP",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  stop: "stop",
  seed: "seed",
  n: "n",
  reasoning_effort: "reasoningEffort",
  thinking: "reasoningEffort",
  enable_thinking: "reasoningEffort",
  thinking_budget: "reasoningEffort",
  chat_template_kwargs: "reasoningEffort",
};

const sampling: readonly ParameterName[] = [
  "temperature",
  "topP",
  "frequencyPenalty",
  "presencePenalty",
];

/**
 * The card of a model after it has refused a field of a request: the next one is shaped without it,
 * or with the name or the values that it takes.
 *
 * @param already the fields that it has refused before this one
 */
export function correctCard(
  card: CapabilityCard,
  { field, isOfValue }: Refusal,
  { sent, words, already }: { sent: Json; words: string; already: readonly RefusedField[] },
): CapabilityCard {
  const without = (name: ParameterName): CapabilityCard => ({
    ...card,
    parameters: { ...card.parameters, [name]: "no" },
  });
  switch (field) {
    case "max_tokens":
    case "max_completion_tokens": {
      const other = field === "max_tokens" ? "max_completion_tokens" : "max_tokens";
      return isOfValue || already.includes(other)
        ? without("maxOutputTokens")
        : { ...card, outputLimitField: other };
    }
    case "stream_options":
      return { ...card, capabilities: { ...card.capabilities, usageInStream: "no" } };
    case "response_format": {
      const format = sent["response_format"];
      const isSchema = isObject(format) && format["type"] === "json_schema";
      const refused = isSchema ? "jsonSchema" : "json";
      return { ...card, capabilities: { ...card.capabilities, [refused]: "no" } };
    }
    case "role":
      return { ...card, systemRole: card.systemRole === "developer" ? "system" : "none" };
    case "reasoning_effort": {
      const efforts = readEfforts(words, sent["reasoning_effort"]);
      return efforts.length > 0 && !already.includes(field)
        ? { ...card, reasoningEfforts: efforts }
        : without("reasoningEffort");
    }
    default: {
      const name = parameterOf[field];
      if (name === undefined) return card;
      // A model that fixes one of these fixes all of them.
      if (!/only the default/i.test(words) || !sampling.includes(name)) return without(name);
      const all = Object.fromEntries(sampling.map((one) => [one, "no" as const]));
      return { ...card, parameters: { ...card.parameters, ...all } };
    }
  }
}

/** The efforts that a refusal names as those that it takes. */
function readEfforts(words: string, refused: unknown): ReasoningEffort[] {
  const listed = /(?:supported|allowed|valid|expected)[^:]{0,30}:(.*)/is.exec(words)?.[1] ?? "";
  return reasoningEfforts.filter(
    (effort) => effort !== refused && new RegExp(`\\b${effort}\\b`).test(listed),
  );
}
