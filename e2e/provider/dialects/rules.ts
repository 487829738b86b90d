import type { ChatRequest } from "../chat-request";

/** An error as the dialect words it. */
export type ErrorReply = {
  status: number;
  body: unknown;
};

/**
 * What a model makes of a field of the request: it heeds it, it does as if it were not there, it
 * refuses it, or it refuses some values, with these words.
 */
export type FieldRule =
  "take" | "ignore" | "refuse" | ((value: unknown, request: ChatRequest) => string | null);

export type ThoughtField = "reasoning_content" | "reasoning" | "think_tags" | "hidden";

export type DialectModel = {
  /** By the name of the field; the ones that are not named follow the dialect's `otherFields`. */
  fields: Record<string, FieldRule>;
  /** `blind` takes images without seeing them. */
  vision: "sees" | "refuses" | "blind";
  /** Null for a model that never thinks. */
  thoughts: { field: ThoughtField; isOn: (request: ChatRequest) => boolean } | null;
  /** What it complains of in the messages. */
  checkMessages?: (request: ChatRequest) => string | null;
};

/** A provider's way to speak chat completions, played as strictly as the real one. */
export type DialectRules = {
  /** What stands behind `/dialect/NAME` in its base URL, such as `/v1`. */
  basePath: string;
  models: Record<string, DialectModel>;
  otherFields: "ignore" | "refuse";
  keyHeader: "authorization" | "api-key";
  /** Answers without a key too, as servers on one's own machine do. */
  isOpen?: boolean;
  /** `open` lists its models without a key. */
  modelList: "closed" | "open" | "none";
  /** Answers in one document whatever was asked for. */
  ignoresStream?: boolean;
  /** Leaves usage out of its answers. */
  hidesUsage?: boolean;
  /** `given` is null when no key came. Real providers quote what they refuse. */
  refuseKey: (given: string | null) => ErrorReply;
  refuseModel: (model: string) => ErrorReply;
  refuse: (complaint: string, field: string | null) => ErrorReply;
  /** How it says that a field is not for it. */
  nameField: (field: string) => string;
  /** Fields of its own in each chunk and document. */
  decorate?: (chunk: Record<string, unknown>) => Record<string, unknown>;
  /** Events before the first chunk and behind the last. */
  firstEvents?: (head: Record<string, unknown>) => Record<string, unknown>[];
  lastEvents?: (head: Record<string, unknown>, request: ChatRequest) => Record<string, unknown>[];
};

/** Fields that OpenAI's chat models heed. */
export const commonFields: Record<string, FieldRule> = Object.fromEntries(
  [
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "top_p",
    "frequency_penalty",
    "presence_penalty",
    "stop",
    "n",
    "seed",
    "tools",
    "tool_choice",
    "response_format",
    "stream_options",
    "user",
  ].map((name) => [name, "take"]),
);

/** Allows only these values of a field. */
export function onlyValues(values: readonly unknown[], say: (value: unknown) => string): FieldRule {
  return (value) => (values.includes(value) ? null : say(value));
}

/** Allows only these types of `response_format`. */
export function onlyFormats(types: readonly string[], complaint: string): FieldRule {
  return (value) =>
    types.includes((value as { type?: unknown } | null)?.type as string) ? null : complaint;
}

/** All text of the messages, for rules about their words. */
export function textOf({ messages }: ChatRequest): string {
  return JSON.stringify(messages.map(({ content }) => content));
}
