import type { Json } from "../chat-completions/json";
import type { ToolUse } from "../context/plan-input";
import type { SettledCard } from "./settled-card";

/** A message to a model, in nobody's dialect. */
export type RequestMessage = {
  role: "system" | "user" | "assistant";
  text: string;
  /** Of a user's message: `data:` URLs. */
  images?: readonly string[];
  /** Of an earlier answer. */
  reasoning?: string;
  /** What an earlier answer used before its text. */
  toolUses?: readonly ToolUse[];
};

/**
 * The messages as the model takes them; `hint` is said with the instructions. Users and answers that
 * take turns still do so, as many chat templates demand; the use of a tool stands within its answer.
 */
export function shapeMessages(
  messages: readonly RequestMessage[],
  card: SettledCard,
  hint: string | null,
): Json[] {
  const instructions = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  if (hint !== null) instructions.push(hint);
  const others = messages.filter(({ role }) => role !== "system");
  const instruction = instructions.join("\n\n");
  const isFirst = instruction !== "" && card.systemRole !== "none";
  const spoken = isFirst || instruction === "" ? others : placeBefore(instruction, others);
  return [
    ...(isFirst ? [{ role: card.systemRole, content: instruction }] : []),
    ...spoken.flatMap((message) => shapeMessage(message, card)),
  ];
}

/** Instructions for a model that takes none: they stand before what the user says first. */
function placeBefore(instruction: string, messages: readonly RequestMessage[]): RequestMessage[] {
  const [first, ...later] = messages;
  return first?.role === "user"
    ? [{ ...first, text: `${instruction}\n\n${first.text}` }, ...later]
    : [{ role: "user", text: instruction }, ...messages];
}

function shapeMessage(message: RequestMessage, card: SettledCard): Json[] {
  const { role, text, images = [], toolUses = [] } = message;
  if (role === "assistant") {
    if (toolUses.length === 0) return [{ role, content: text, ...shapeReasoning(message, card) }];
    if (card.capabilities.tools === "no") return [{ role, content: tellToolUses(toolUses, text) }];
    return shapeToolUses(message, toolUses, card);
  }
  // Plain text is what every server takes; parts are for those that see.
  if (images.length === 0 || card.capabilities.vision === "no") return [{ role, content: text }];
  const content = [
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...images.map((url) => ({ type: "image_url", image_url: { url } })),
  ];
  return [{ role, content }];
}

function shapeReasoning({ reasoning }: RequestMessage, card: SettledCard): Json {
  if (reasoning === undefined || card.reasoningBack !== "always") return {};
  const field = card.reasoningField === "reasoning" ? "reasoning" : "reasoning_content";
  return { [field]: reasoning };
}

/** The calls, what each of them brought, and then the answer's own words. */
function shapeToolUses(
  message: RequestMessage,
  toolUses: readonly ToolUse[],
  card: SettledCard,
): Json[] {
  const { role, text } = message;
  const calls = toolUses.map(({ id, name, arguments: given }) => ({
    id,
    type: "function",
    function: { name, arguments: given },
  }));
  return [
    { role, content: "", tool_calls: calls, ...shapeReasoning(message, card) },
    ...toolUses.map(({ id, result }) => ({ role: "tool", tool_call_id: id, content: result })),
    ...(text === "" ? [] : [{ role, content: text }]),
  ];
}

/** Uses of tools in words, for a model that knows nothing of tools. */
function tellToolUses(toolUses: readonly ToolUse[], text: string): string {
  const told = toolUses.map(({ name, arguments: given, result }) => `${name}(${given})\n${result}`);
  return [...told, text].filter((part) => part !== "").join("\n\n");
}
