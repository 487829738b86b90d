import { lastUserText, type ChatRequest } from "../chat-request";
import { countTokens, splitTokens } from "../tokens";
import { findImage, nameColour } from "./image-colour";
import type { DialectModel } from "./rules";

/** One answer, before it is put into words of the wire. */
export type Choice = {
  reasoning: string;
  text: string;
  toolCall: { name: string; arguments: string } | null;
  finish: "stop" | "length" | "tool_calls";
};

type Format = { type?: string; json_schema?: { schema?: unknown } };

const thought = "Let me see. The question is short, and so is my answer to it.";

/** What a model says to a request of which only the fields are left that it heeds. */
export function thinkUp(model: DialectModel, request: ChatRequest): Choice[] {
  const count = typeof request["n"] === "number" ? request["n"] : 1;
  return Array.from({ length: count }, () => thinkOnce(model, request));
}

function thinkOnce(model: DialectModel, request: ChatRequest): Choice {
  const reasoning = model.thoughts?.isOn(request) === true ? thought : "";
  const toolCall = callTool(request);
  const said = toolCall === null ? cutAtStop(answer(model, request), request["stop"]) : "";
  return cutAtLimit({
    reasoning,
    text: said,
    toolCall,
    finish: toolCall === null ? "stop" : "tool_calls",
    limit: readLimit(request),
  });
}

function answer(model: DialectModel, request: ChatRequest): string {
  const format = (request["response_format"] ?? {}) as Format;
  const asked = lastUserText(request);
  const image = findImage(request);
  const said =
    image !== null
      ? model.vision === "sees"
        ? `It is ${nameColour(image) ?? "something that I cannot make out"}.`
        : "There is no picture that I could look at."
      : (count(asked) ?? `You said: ${asked}`);
  if (format.type === "json_schema") return JSON.stringify(fill(format.json_schema?.schema));
  return format.type === "json_object" ? JSON.stringify({ answer: said }) : said;
}

function count(asked: string): string | null {
  const last = /count from 1 to (\d{1,4})/i.exec(asked)?.[1];
  if (last === undefined) return null;
  return Array.from({ length: Number(last) }, (_, index) => String(index + 1)).join(" ");
}

/** The smallest value that fits a schema, as far as it is of the plain kind. */
function fill(schema: unknown): unknown {
  const {
    type,
    properties,
    enum: values,
  } = (schema ?? {}) as {
    type?: string;
    properties?: Record<string, unknown>;
    enum?: unknown[];
  };
  if (values !== undefined) return values[0];
  if (type === "object")
    return Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, inner]) => [name, fill(inner)]),
    );
  if (type === "array") return [];
  if (type === "integer" || type === "number") return 1;
  return type === "boolean" ? true : "";
}

/** Calls the tool that the user names, with the first number of the request. */
function callTool(request: ChatRequest): Choice["toolCall"] {
  const tools = (request["tools"] ?? []) as { function?: { name?: string } }[];
  const asked = lastUserText(request);
  const name = tools.map((tool) => tool.function?.name ?? "").find((name) => asked.includes(name));
  if (name === undefined || name === "") return null;
  return { name, arguments: JSON.stringify({ value: Number(/\d+/.exec(asked)?.[0] ?? 0) }) };
}

function cutAtStop(text: string, stop: unknown): string {
  const words = Array.isArray(stop) ? (stop as unknown[]) : [stop];
  return words.reduce<string>(
    (left, word) => (typeof word === "string" ? (left.split(word)[0] ?? "") : left),
    text,
  );
}

function readLimit(request: ChatRequest): number {
  const limits = [request["max_tokens"], request["max_completion_tokens"]];
  return Math.min(...limits.map((limit) => (typeof limit === "number" ? limit : Infinity)));
}

// Thoughts count like words: a small limit is used up before the answer begins.
function cutAtLimit({ limit, ...choice }: Choice & { limit: number }): Choice {
  if (choice.toolCall !== null) return choice;
  const tokens = countTokens(choice.reasoning) + countTokens(choice.text);
  if (tokens <= limit) return choice;
  const thoughts = splitTokens(choice.reasoning).slice(0, limit);
  const words = splitTokens(choice.text).slice(0, limit - thoughts.length);
  return { ...choice, reasoning: thoughts.join(""), text: words.join(""), finish: "length" };
}
