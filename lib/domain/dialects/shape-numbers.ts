import type { Json } from "../chat-completions/json";
import type { NumberName } from "./dialect-form";
import type { Shaping } from "./shaping";

const fields: Record<NumberName, string> = {
  temperature: "temperature",
  topP: "top_p",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  seed: "seed",
};

/** The parameters that are plain numbers, kept within what the dialect takes. */
export function shapeNumbers(shaping: Shaping): Json {
  const body: Json = {};
  for (const name of Object.keys(fields) as NumberName[]) {
    const value = shapeNumber(shaping, name);
    if (value !== undefined) body[fields[name]] = value;
  }
  return body;
}

function shapeNumber(
  { dialect, card, parameters, isThinking, leaveOut }: Shaping,
  name: NumberName,
): number | undefined {
  const wanted = parameters[name];
  if (wanted === undefined) return undefined;
  const isFixed = isThinking && dialect.fixedWhileThinking.includes(name);
  if (isFixed || card.parameters[name] === "no") {
    // A model that thinks sets these itself; elsewhere there is nothing to set.
    const isItsOwn = isFixed || (card.capabilities.reasoning === "yes" && name !== "seed");
    leaveOut(name, isItsOwn ? "fixed_by_model" : "not_taken");
    return undefined;
  }
  const { min = -Infinity, max = Infinity } = dialect.ranges[name] ?? {};
  const fitting = Math.min(Math.max(wanted, min), max);
  if (fitting !== wanted) leaveOut(name, "only_some_values");
  return fitting;
}
