import type { ChatRequest } from "../chat-request";
import { makeErrorBody } from "../error-body";
import { commonFields, onlyValues, type DialectModel, type DialectRules } from "./rules";

const fields: DialectModel["fields"] = {
  ...commonFields,
  max_completion_tokens: "ignore",
  n: "ignore",
  reasoning_effort: "ignore",
};

const isThinking = (request: ChatRequest) => request["reasoning_effort"] !== "none";

const thinker: DialectModel = {
  fields: {
    ...fields,
    reasoning_effort: onlyValues(
      ["none", "low", "medium", "high"],
      (value) =>
        `invalid reasoning value: '${String(value)}' (must be "high", "medium", "low", or "none")`,
    ),
  },
  vision: "refuses",
  thoughts: { field: "reasoning", isOn: isThinking },
};

export const ollama: DialectRules = {
  basePath: "/v1",
  models: {
    "llama3.2": { fields, vision: "refuses", thoughts: null },
    "qwen3:8b": thinker,
    // No tools, but eyes.
    "gemma3:4b": {
      fields: {
        ...fields,
        tools: () => "registry.ollama.ai/library/gemma3:4b does not support tools",
      },
      vision: "sees",
      thoughts: null,
    },
    // Run without a template that knows its thoughts, they stay in the text.
    "deepseek-r1:1.5b": {
      fields: { ...fields, tools: "refuse" },
      vision: "refuses",
      thoughts: { field: "think_tags", isOn: () => true },
    },
  },
  otherFields: "ignore",
  keyHeader: "authorization",
  isOpen: true,
  modelList: "open",
  refuseKey: () => ({ status: 401, body: makeErrorBody("unauthorized") }),
  refuseModel: (model) => ({
    status: 404,
    body: makeErrorBody(`model '${model}' not found`, "not_found_error"),
  }),
  refuse: (complaint) => ({ status: 400, body: makeErrorBody(complaint, "invalid_request_error") }),
  nameField: (field) => `this model does not support ${field}`,
};
