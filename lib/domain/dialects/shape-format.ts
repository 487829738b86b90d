import type { ResponseFormat } from "@/lib/contracts/parameters";
import type { Json } from "../chat-completions/json";
import { isStrictSchema } from "./is-strict-schema";
import type { RequestMessage } from "./shape-messages";
import type { Shaping } from "./shaping";

/** The fields for the shape of an answer, and a sentence that the model must be told for it. */
type ShapedFormat = { fields: Json; hint: string | null };

/** How the shape of an answer is asked for, or the nearest that the model has: at least in words. */
export function shapeFormat(
  { dialect, card, isThinking, parameters, leaveOut }: Shaping,
  messages: readonly RequestMessage[],
): ShapedFormat {
  const { responseFormat: wanted } = parameters;
  // Text is what every model gives unasked.
  if (wanted === undefined || wanted.type === "text") return { fields: {}, hint: null };
  const { json, jsonSchema } = card.capabilities;
  const isFixed = isThinking && dialect.fixedWhileThinking.includes("responseFormat");
  const isTaken = !isFixed && card.parameters.responseFormat !== "no";
  if (isTaken && wanted.type === "json_schema" && jsonSchema !== "no")
    return { fields: writeSchema(wanted.name, wanted.schema), hint: null };
  if (isTaken && json !== "no") {
    if (wanted.type === "json_schema") leaveOut("responseFormat", "only_some_values");
    const isSaid = messages.some(({ text }) => /json/i.test(text));
    const isNeeded = wanted.type === "json_schema" || (dialect.wantsWordJson && !isSaid);
    return {
      fields: { response_format: { type: "json_object" } },
      hint: isNeeded ? hintFor(wanted) : null,
    };
  }
  // A schema that takes any object is JSON mode by another name.
  if (isTaken && wanted.type === "json" && jsonSchema === "yes")
    return { fields: writeSchema("answer", { type: "object" }), hint: null };
  leaveOut("responseFormat", isFixed ? "fixed_by_model" : "not_taken");
  return { fields: {}, hint: hintFor(wanted) };
}

const writeSchema = (name: string, schema: Json): Json => ({
  response_format: {
    type: "json_schema",
    json_schema: { name, schema, ...(isStrictSchema(schema) ? { strict: true } : {}) },
  },
});

const hintFor = (wanted: ResponseFormat) =>
  wanted.type === "json_schema"
    ? `Answer with one JSON object and nothing else. It fits this JSON Schema: ${JSON.stringify(wanted.schema)}`
    : "Answer with one JSON object and nothing else.";
