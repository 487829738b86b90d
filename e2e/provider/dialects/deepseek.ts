import type { ChatRequest } from "../chat-request";
import { makeErrorBody } from "../error-body";
import { commonFields, onlyFormats, textOf, type DialectModel, type DialectRules } from "./rules";

const jsonOnly = onlyFormats(
  ["text", "json_object"],
  "This response_format type is unavailable now",
);

const wantsWordJson = (request: ChatRequest) => {
  const format = request["response_format"] as { type?: string } | undefined;
  return format?.type === "json_object" && !/json/i.test(textOf(request))
    ? "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
    : null;
};

const fields: DialectModel["fields"] = {
  ...commonFields,
  response_format: jsonOnly,
  // Unknown to it, and no reason to refuse anything.
  max_completion_tokens: "ignore",
  n: "ignore",
  seed: "ignore",
};

const isThinking = (request: ChatRequest) =>
  (request["thinking"] as { type?: string } | undefined)?.type !== "disabled";

/** While it thinks, thoughts behind a call of a tool have to come back, and others may. */
function missThoughts(request: ChatRequest): string | null {
  const isMissing = request.messages.some(
    (message) =>
      message.role === "assistant" &&
      message["tool_calls"] !== undefined &&
      typeof message["reasoning_content"] !== "string",
  );
  return isMissing && isThinking(request)
    ? "The `reasoning_content` in the thinking mode must be passed back to the API."
    : null;
}

const thinker: DialectModel = {
  fields: {
    ...fields,
    // Taken for compatibility's sake, without effect while it thinks.
    temperature: "ignore",
    top_p: "ignore",
    frequency_penalty: "ignore",
    presence_penalty: "ignore",
    thinking: "take",
    reasoning_effort: (value) =>
      ["minimal", "low", "medium", "high", "xhigh", "max"].includes(value as string)
        ? null
        : `Invalid reasoning_effort: ${String(value)}.`,
  },
  vision: "refuses",
  thoughts: { field: "reasoning_content", isOn: isThinking },
  checkMessages: (request) => wantsWordJson(request) ?? missThoughts(request),
};

export const deepseek: DialectRules = {
  basePath: "",
  models: {
    "deepseek-chat": {
      fields,
      vision: "refuses",
      thoughts: null,
      checkMessages: wantsWordJson,
    },
    "deepseek-v4-pro": thinker,
    // The rule of the first one that thought: its thoughts must not come back.
    "deepseek-reasoner": {
      ...thinker,
      fields: { ...thinker.fields, thinking: "ignore", reasoning_effort: "ignore" },
      thoughts: { field: "reasoning_content", isOn: () => true },
      checkMessages: (request) =>
        wantsWordJson(request) ??
        (request.messages.some((message) => message["reasoning_content"] !== undefined)
          ? "The reasoning_content is an intermediate result for display purposes only and will not be included in the context for inference. Please remove the reasoning_content from your message."
          : null),
    },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  modelList: "closed",
  refuseKey: (given) => ({
    status: 401,
    body: makeErrorBody(
      given === null
        ? "Authentication Fails (no auth header)"
        : `Authentication Fails, Your api key: ${given} is invalid`,
      "authentication_error",
      "invalid_request_error",
    ),
  }),
  refuseModel: () => ({
    status: 400,
    body: makeErrorBody("Model Not Exist", "invalid_request_error", "invalid_request_error"),
  }),
  refuse: (complaint) => ({
    status: 400,
    body: makeErrorBody(complaint, "invalid_request_error", "invalid_request_error"),
  }),
  nameField: (field) =>
    `Failed to deserialize the JSON body into the target type: unknown field \`${field}\``,
};
