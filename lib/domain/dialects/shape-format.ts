import type { ResponseFormat } from "@/lib/contracts/parameters";
import type { Json } from "../chat-completions/json";
import type { RequestMessage } from "./shape-messages";
import type { Shaping } from "./shaping";

/** The fields for the shape of an answer, and a sentence that the model must be told for it. */
type ShapedFormat = { fields: Json; hint: string | null };

const nothing: ShapedFormat = { fields: {}, hint: null };

/** How the shape of an answer is asked for, or the nearest that the model has. */
export function shapeFormat(shaping: Shaping, messages: readonly RequestMessage[]): ShapedFormat {
  const { card, parameters, leaveOut } = shaping;
  const { responseFormat: wanted } = parameters;
  // Text is what every model gives unasked.
  if (wanted === undefined || wanted.type === "text") return nothing;
  const { json, jsonSchema } = card.capabilities;
  const isRefused = card.parameters.responseFormat === "no";
  if (wanted.type === "json_schema" && !isRefused && jsonSchema !== "no")
    return { fields: writeSchema(wanted.name, wanted.schema), hint: null };
  if (!isRefused && json !== "no") {
    if (wanted.type === "json_schema") leaveOut("responseFormat", "only_some_values");
    return {
      fields: { response_format: { type: "json_object" } },
      hint: hintFor(shaping, wanted, messages),
    };
  }
  // A schema that takes any object is JSON mode by another name.
  if (!isRefused && wanted.type === "json" && jsonSchema === "yes")
    return { fields: writeSchema("answer", { type: "object" }), hint: null };
  leaveOut("responseFormat", "not_taken");
  return nothing;
}

const writeSchema = (name: string, schema: Json): Json => ({
  response_format: { type: "json_schema", json_schema: { name, schema } },
});

function hintFor(
  { dialect }: Shaping,
  wanted: ResponseFormat,
  messages: readonly RequestMessage[],
): string | null {
  if (wanted.type === "json_schema")
    return `Answer with one JSON object that fits this JSON Schema: ${JSON.stringify(wanted.schema)}`;
  const isSaid = messages.some(({ text }) => /json/i.test(text));
  return dialect.wantsWordJson && !isSaid ? "Answer with one JSON object." : null;
}
