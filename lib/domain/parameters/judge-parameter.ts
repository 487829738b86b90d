import type { ParameterName, Parameters, ReasoningEffort } from "@/lib/contracts/parameters";
import type { ModelOption } from "@/lib/contracts/providers";
import { isFixedByThinking } from "./is-thinking";

/** What is known of a model, as far as it matters for parameters. */
export type ModelFacts = Pick<
  ModelOption,
  "capabilities" | "parameters" | "maxOutputTokens" | "reasoningEfforts" | "thinking"
>;

/**
 * What becomes of a parameter at a model. `left_out`: it is not sent. `fixed`: nor is it while the
 * model thinks, since it then sets it itself. `limited`: the model gives no more than `limit`.
 * `nearest`: it takes other values, and gets the nearest. `as_json`: it takes JSON, but no schema.
 * `parallel`: it gives one answer at a time, and is asked several times.
 */
export type Judgement =
  | { kind: "sent" | "left_out" | "fixed" | "nearest" | "as_json" | "parallel" }
  | { kind: "limited"; limit: number };

const sent: Judgement = { kind: "sent" };
const leftOut: Judgement = { kind: "left_out" };

/**
 * Judges a parameter by what is known of a model, in step with how requests are shaped
 * (lib/domain/dialects): what is unknown goes along.
 */
export function judgeParameter(
  name: ParameterName,
  parameters: Parameters | null,
  model: ModelFacts,
): Judgement {
  // Several answers are had from every model: one call for all, or one for each.
  const isFixed = isFixedByThinking(name, model.thinking, parameters);
  if (name === "n") return isFixed || model.parameters.n === "no" ? { kind: "parallel" } : sent;
  if (model.parameters[name] === "no") return leftOut;
  if (isFixed) return { kind: "fixed" };
  if (name === "maxOutputTokens") return judgeLimit(parameters?.maxOutputTokens, model);
  if (name === "reasoningEffort") return judgeEffort(parameters?.reasoningEffort, model);
  if (name === "responseFormat") return judgeFormat(parameters?.responseFormat?.type, model);
  return sent;
}

function judgeLimit(wanted: number | undefined, { maxOutputTokens }: ModelFacts): Judgement {
  if (wanted === undefined || maxOutputTokens === null || wanted <= maxOutputTokens) return sent;
  return { kind: "limited", limit: maxOutputTokens };
}

function judgeEffort(wanted: ReasoningEffort | undefined, model: ModelFacts): Judgement {
  if (model.capabilities.reasoning === "no") return leftOut;
  if (wanted === undefined || isEffortTaken(wanted, model)) return sent;
  return { kind: "nearest" };
}

type Format = NonNullable<Parameters["responseFormat"]>["type"];
type Abilities = Pick<ModelFacts, "capabilities">;

function judgeFormat(wanted: Format | undefined, { capabilities }: Abilities): Judgement {
  const { json, jsonSchema } = capabilities;
  if (json === "no" && jsonSchema === "no") return leftOut;
  if (wanted === "json" && !isFormatTaken("json", { capabilities })) return leftOut;
  if (wanted === "json_schema" && jsonSchema === "no") return { kind: "as_json" };
  return sent;
}

/** Whether a model can be told not to think. */
export function canThinkingStop(model: ModelFacts): boolean {
  const { kind } = judgeParameter("reasoningEffort", { reasoningEffort: "none" }, model);
  return kind === "sent";
}

/** Whether a model takes this effort as it is. */
export function isEffortTaken(effort: ReasoningEffort, { reasoningEfforts }: ModelFacts): boolean {
  return reasoningEfforts === null || reasoningEfforts.includes(effort);
}

/** Whether a model can answer in a form. */
export function isFormatTaken(format: Format, { capabilities }: Abilities): boolean {
  // A schema that takes any object is JSON by another name.
  if (format === "json") return capabilities.json !== "no" || capabilities.jsonSchema === "yes";
  return format === "text" || capabilities.jsonSchema !== "no";
}
