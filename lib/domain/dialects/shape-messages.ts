import type { Json } from "../chat-completions/json";
import type { SettledCard } from "./settled-card";

/** A message to a model, in nobody's dialect. */
export type RequestMessage = {
  role: "system" | "user" | "assistant";
  text: string;
  /** Of a user's message: `data:` URLs. */
  images?: readonly string[];
  /** Of an earlier answer. */
  reasoning?: string;
};

/** The messages as the model takes them; `hint` is said with the instructions. */
export function shapeMessages(
  messages: readonly RequestMessage[],
  card: SettledCard,
  hint: string | null,
): Json[] {
  const instructions = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  if (hint !== null) instructions.push(hint);
  const others = messages.filter(({ role }) => role !== "system");
  if (instructions.length === 0) return others.map((message) => shapeMessage(message, card));
  const instruction = instructions.join("\n\n");
  if (card.systemRole === "none") return placeBefore(instruction, others, card);
  return [
    { role: card.systemRole, content: instruction },
    ...others.map((message) => shapeMessage(message, card)),
  ];
}

/** Instructions for a model that takes none: they stand before what the user says first. */
function placeBefore(
  instruction: string,
  messages: readonly RequestMessage[],
  card: SettledCard,
): Json[] {
  const place = messages.findIndex(({ role }) => role === "user");
  return messages.map((message, index) =>
    shapeMessage(
      index === place ? { ...message, text: `${instruction}\n\n${message.text}` } : message,
      card,
    ),
  );
}

function shapeMessage(
  { role, text, images = [], reasoning }: RequestMessage,
  card: SettledCard,
): Json {
  if (role === "assistant" && reasoning !== undefined && card.reasoningBack === "always") {
    const field = card.reasoningField === "reasoning" ? "reasoning" : "reasoning_content";
    return { role, content: text, [field]: reasoning };
  }
  // Plain text is what every server takes; parts are for those that see.
  if (images.length === 0 || card.capabilities.vision === "no") return { role, content: text };
  return {
    role,
    content: [
      ...(text === "" ? [] : [{ type: "text", text }]),
      ...images.map((url) => ({ type: "image_url", image_url: { url } })),
    ],
  };
}
