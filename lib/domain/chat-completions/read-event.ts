import { readFinishReason, type FinishReason } from "./finish-reason";
import { isObject, type Json } from "./json";
import { repairUsage } from "./repair-usage";

/** What one event of a streamed chat completion brings, whatever dialect it is in. */
export type EventFacts = {
  choices: readonly ChoiceFacts[];
  usage: Json | null;
  error: Json | null;
};

/** What it brings of one candidate. */
export type ChoiceFacts = {
  candidate: number;
  text: string;
  reasoning: string;
  finish: FinishReason | null;
  hasToolCall: boolean;
};

/**
 * Reads an event of OpenAI's form and of those that nearly have it. Null when it is no object.
 *
 * Understood besides the standard: no `choices` (Azure's filter results, gateways' last event),
 * `error: null`, content in parts, `refusal`, `reasoning`, `choices[].error` (OpenRouter), flat
 * errors (DashScope, vLLM), filter annotations that come late (Azure).
 */
export function readEvent(event: unknown): EventFacts | null {
  if (!isObject(event)) return null;
  const choices = Array.isArray(event["choices"]) ? event["choices"].filter(isObject) : [];
  return {
    choices: choices.map(readChoice),
    usage: repairUsage(event["usage"]),
    error: readError(event, choices),
  };
}

function readChoice(choice: Json, place: number): ChoiceFacts {
  const delta = isObject(choice["delta"]) ? choice["delta"] : {};
  const content = readContent(delta["content"] ?? choice["text"]);
  return {
    candidate: readIndex(choice["index"], place),
    text: content.text + toText(delta["refusal"]),
    reasoning:
      (toText(delta["reasoning_content"]) || toText(delta["reasoning"])) + content.reasoning,
    finish: isFiltered(choice) ? "content_filter" : readFinishReason(choice["finish_reason"]),
    hasToolCall: hasEntries(delta["tool_calls"]) || isObject(delta["function_call"]),
  };
}

/** Which candidate it is; where it is not said, its place. */
function readIndex(index: unknown, place: number): number {
  return typeof index === "number" && Number.isInteger(index) && index >= 0 ? index : place;
}

/** Text, or parts of text and thinking (Mistral). */
function readContent(content: unknown): { text: string; reasoning: string } {
  if (!Array.isArray(content)) return { text: toText(content), reasoning: "" };
  let text = "";
  let reasoning = "";
  for (const part of content as unknown[]) {
    if (!isObject(part)) continue;
    if (Array.isArray(part["thinking"])) reasoning += readContent(part["thinking"]).text;
    else text += toText(part["text"]);
  }
  return { text, reasoning };
}

function isFiltered(choice: Json): boolean {
  const results = choice["content_filter_results"];
  return (
    isObject(results) &&
    Object.values(results).some((one) => isObject(one) && one["filtered"] === true)
  );
}

/** An error in a form that strict readers take, with what classifies it. */
function readError(event: Json, choices: readonly Json[]): Json | null {
  const named = event["error"] ?? choices.find((choice) => choice["error"] != null)?.["error"];
  if (isObject(named)) return describe(named, event);
  if (typeof named === "string" && named !== "")
    return { message: named, code: toCode(event["code"]) };
  const isFlat =
    !Array.isArray(event["choices"]) &&
    (event["object"] === "error" ||
      event["type"] === "error" ||
      typeof event["message"] === "string");
  return isFlat ? describe(event, event) : null;
}

const mostCharacters = 2_000;

function describe(error: Json, event: Json): Json {
  return {
    message: JSON.stringify(error).slice(0, mostCharacters),
    type: typeof error["type"] === "string" ? error["type"] : null,
    code: toCode(error["code"] ?? error["status"] ?? error["status_code"] ?? event["code"]),
  };
}

const toText = (value: unknown) => (typeof value === "string" ? value : "");

const toCode = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? value : null;

const hasEntries = (value: unknown) => Array.isArray(value) && value.length > 0;
