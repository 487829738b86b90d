import type { ParameterName, Parameters } from "@/lib/contracts/parameters";
import type { ModelOption } from "@/lib/contracts/providers";

type Effort = Pick<Parameters, "reasoningEffort"> | null;

/** Whether a model is going to think before it answers a call with these. */
export function isThinking(thinking: ModelOption["thinking"], parameters: Effort): boolean {
  if (thinking === null) return false;
  const effort = parameters?.reasoningEffort;
  return effort === undefined ? thinking.isUnasked : effort !== "none";
}

/** Whether a model sets this parameter itself in a call with these. */
export function isFixedByThinking(
  name: ParameterName,
  thinking: ModelOption["thinking"],
  parameters: Effort,
): boolean {
  return thinking?.fixes.includes(name) === true && isThinking(thinking, parameters);
}
